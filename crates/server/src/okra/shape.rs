//! Which shape an object has on the wire: the generations differ, and in v1 so do two kinds of lists.

use egusi_store::Scope;

/// The shape of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// v2.
    V2,
    /// v1, found by something.
    V1,
    /// v1, in one of the lists of all under `products/…`.
    V1Products,
}

/// Whose data is shown, and in which shape.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Whose.
    pub scope: Scope,
    /// In which shape.
    pub shape: Shape,
}
