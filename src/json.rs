//! Reads a parsed JSON value, or a host's options object, into a type of `protocol`.
//!
//! `serde-wasm-bindgen` writes our requests, but reading with it would bring the formatting of
//! floats and of every serde message into the WebAssembly, some 10 KB compressed that nobody ever
//! sees: whoever reads an answer here only asks whether it could be read. See
//! `docs/decisions/0004-own-json-reader.md`.
//!
//! A structure is read field after field in the order of its definition, as serde reads a list: what
//! reads fields in any order compares names and looks for doubles, a kilobyte a type.

use js_sys::{Array, Object, Reflect};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, SeqAccess, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// The value is not of the shape wanted. Which part of it was wrong is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of another shape was expected")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads a value.
pub fn read<T: serde::de::DeserializeOwned>(value: JsValue) -> Result<T, Unreadable> {
    T::deserialize(Json(value))
}

/// The largest whole number a JavaScript number holds exactly.
const SAFE_INTEGER_MAX: f64 = 9_007_199_254_740_991.0;

struct Json(JsValue);

impl Json {
    /// A whole number that nothing was cut off from.
    fn whole(&self) -> Result<i64, Unreadable> {
        let number = self.0.as_f64().ok_or(Unreadable)?;
        if number % 1.0 != 0.0 || number.abs() > SAFE_INTEGER_MAX {
            return Err(Unreadable);
        }
        // Whole and within 53 bits.
        #[allow(clippy::cast_possible_truncation)]
        Ok(number as i64)
    }

    fn text(&self) -> Result<String, Unreadable> {
        self.0.as_string().ok_or(Unreadable)
    }

    fn items(self) -> Result<Items, Unreadable> {
        let list: Array = self.0.dyn_into().map_err(|_| Unreadable)?;
        Ok(Items { length: list.length(), list, next: 0 })
    }

    fn fields(self, names: &'static [&'static str]) -> Result<Fields, Unreadable> {
        if self.0.is_object() { Ok(Fields { object: self.0, names: names.iter() }) } else { Err(Unreadable) }
    }

    /// A word alone, or one field whose name is the word.
    fn variant(self) -> Result<Variant, Unreadable> {
        if let Some(word) = self.0.as_string() {
            return Ok(Variant { word, content: JsValue::NULL });
        }
        let object = self.0.dyn_into::<Object>().map_err(|_| Unreadable)?;
        let word = Object::keys(&object).get(0).as_string().ok_or(Unreadable)?;
        let content = Reflect::get(&object, &word.as_str().into()).map_err(|_| Unreadable)?;
        Ok(Variant { word, content })
    }
}

/// Reads whole numbers of every width; serde sees to it that they fit.
macro_rules! whole_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_i64(self.whole()?)
        })*
    };
}

impl<'de> Deserializer<'de> for Json {
    type Error = Unreadable;

    whole_numbers! { deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable::custom("every type of the protocol says what it wants"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_undefined() || self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.fields(names)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.variant()?)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items {
    list: Array,
    length: u32,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        if self.next == self.length {
            return Ok(None);
        }
        let item = self.list.get(self.next);
        self.next += 1;
        seed.deserialize(Json(item)).map(Some)
    }
}

/// The fields of an object that the wanted type knows, in its order; others are not looked at.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl Fields {
    fn next(&mut self) -> Result<JsValue, Unreadable> {
        let name = self.names.next().ok_or(Unreadable)?;
        Reflect::get(&self.object, &(*name).into()).map_err(|_| Unreadable)
    }
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Unreadable;

    /// A field that is not there is `None`, and the type says what stands for it, unless the field
    /// itself may be nothing.
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let value = self.next()?;
        let is_absent = value.is_undefined();
        match seed.deserialize(Json(value)) {
            Err(Unreadable) if is_absent => Ok(None),
            read => read.map(Some),
        }
    }
}

/// A variant: a word alone, or one field whose name is the word.
struct Variant {
    word: String,
    content: JsValue,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Unreadable> {
        let variant = seed.deserialize(self.word.as_str().into_deserializer())?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.content.is_null() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Json(self.content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable::custom("no type of the protocol has one"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        Json(self.content).deserialize_struct("", names, visitor)
    }
}
