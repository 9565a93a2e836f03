//! The list of institutions once it is here: which are offered, which is which, and the search.

use crate::search::Index;
use egusi_protocol::{Institution, InstitutionFilter, InstitutionId};
use std::fmt;

/// A list that was read once and is asked at every drawing.
///
/// Built when the list arrives; [`Directory::offering`] says which of it may be chosen as soon as
/// the opening's filter is known, before or after. Nothing else about it changes, so whoever keeps
/// one (`Catalogue::Here`) keeps it behind an `Arc` and hands it on without a copy.
#[derive(Clone, PartialEq)]
pub struct Directory {
    institutions: Vec<Institution>,
    /// Positions of those that may be chosen, in the list's order.
    offered: Vec<u32>,
    index: Index,
    places: Places,
}

impl Directory {
    /// A list, the most popular first. All of it is offered.
    pub fn new(institutions: Vec<Institution>) -> Self {
        let offered = (0..).take(institutions.len()).collect();
        let index = Index::of(&institutions);
        let places = Places::of(&institutions);
        Self { institutions, offered, index, places }
    }

    /// The same list, offering only what the filter admits.
    #[must_use]
    pub fn offering(mut self, filter: &InstitutionFilter) -> Self {
        let admitted = |position: &u32| self.at(*position).is_some_and(|one| filter.admits(one));
        self.offered = (0..).take(self.institutions.len()).filter(admitted).collect();
        self
    }

    /// The institution of that id, offered or not: a form needs its bank's name in any case.
    pub fn find(&self, id: InstitutionId) -> Option<&Institution> {
        self.at(self.places.position(id, &self.institutions)?)
    }

    /// The institution at a position that this directory gave.
    pub fn at(&self, position: u32) -> Option<&Institution> {
        self.institutions.get(position as usize)
    }

    /// Positions of the institutions that may be chosen, the most popular first.
    pub fn offered(&self) -> &[u32] {
        &self.offered
    }

    /// The position of the institution of that id, if it may be chosen.
    pub fn offers(&self, id: InstitutionId) -> Option<u32> {
        self.places.position(id, &self.institutions).filter(|at| self.offered.binary_search(at).is_ok())
    }

    /// Positions of those that may be chosen and match, the closest first.
    pub fn search(&self, query: &str) -> Vec<u32> {
        self.index.search(query, &self.offered)
    }
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Directory({} of {} offered)", self.offered.len(), self.institutions.len())
    }
}

/// Where the institution of an id stands: a table of twice as many slots, each of which holds a
/// position or nothing. An id whose slot is taken stands in the next that is free.
#[derive(Clone, PartialEq)]
struct Places {
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Places {
    fn of(institutions: &[Institution]) -> Self {
        let mut places = Self { slots: vec![FREE; (institutions.len() * 2).next_power_of_two().max(2)] };
        for (position, institution) in (0..FREE).zip(institutions) {
            let slot = places.walk(institution.id).find(|&slot| {
                let taken = places.slots[slot];
                // The first of two with one id is the one that is found.
                taken == FREE || institutions[taken as usize].id == institution.id
            });
            if let Some(slot) = slot
                && places.slots[slot] == FREE
            {
                places.slots[slot] = position;
            }
        }
        places
    }

    fn position(&self, id: InstitutionId, institutions: &[Institution]) -> Option<u32> {
        let is_it = |position: u32| institutions.get(position as usize).is_some_and(|one| one.id == id);
        self.walk(id)
            .map(|slot| self.slots[slot])
            .take_while(|&position| position != FREE)
            .find(|&position| is_it(position))
    }

    /// The slots an id may be in, in order.
    fn walk(&self, id: InstitutionId) -> impl Iterator<Item = usize> + use<> {
        // Ids count up at their end and differ by time at their beginning; both must spread.
        let word = |mixed: u32, byte: &u8| mixed << 8 | u32::from(*byte);
        let mix = |mixed: u32, four: &[u8]| (mixed ^ four.iter().fold(0, word)).wrapping_mul(0x9e37_79b1);
        let mixed = id.bytes().chunks(4).fold(0, mix);
        let start = (mixed ^ mixed >> 15) as usize;
        let mask = self.slots.len() - 1;
        (0..=mask).map(move |step| (start + step) & mask)
    }
}
