//! Reads a parsed JSON value, or a host's options object, into a type of `protocol`.
//!
//! `serde-wasm-bindgen` writes our requests, but reading with it would bring the formatting of
//! floats and of every serde message into the WebAssembly, some 10 KB compressed that nobody ever
//! sees: whoever reads an answer here only asks whether it could be read. See
//! `docs/decisions/0004-own-json-reader.md`.

use js_sys::{Array, Object, Reflect};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
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

impl<'de> Deserializer<'de> for Json {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Self(value) = self;
        if value.is_undefined() || value.is_null() {
            return visitor.visit_unit();
        }
        if let Some(flag) = value.as_bool() {
            return visitor.visit_bool(flag);
        }
        if let Some(number) = value.as_f64() {
            if number % 1.0 != 0.0 || number.abs() > SAFE_INTEGER_MAX {
                return visitor.visit_f64(number);
            }
            // Whole and within 53 bits, so nothing is cut off.
            #[allow(clippy::cast_possible_truncation)]
            return visitor.visit_i64(number as i64);
        }
        if let Some(text) = value.as_string() {
            return visitor.visit_string(text);
        }
        match value.dyn_into::<Array>() {
            Ok(list) => visitor.visit_seq(Items { length: list.length(), list, next: 0 }),
            // What is inside an object is only read where its fields are known.
            Err(_) => visitor.visit_map(Fields { object: JsValue::UNDEFINED, names: [].iter(), value: None }),
        }
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
        if !self.0.is_object() {
            return Err(Unreadable);
        }
        visitor.visit_map(Fields { object: self.0, names: names.iter(), value: None })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if let Some(word) = self.0.as_string() {
            return visitor.visit_enum(Variant { word, content: JsValue::NULL });
        }
        let object = self.0.dyn_into::<Object>().map_err(|_| Unreadable)?;
        let word = Object::keys(&object).get(0).as_string().ok_or(Unreadable)?;
        let content = Reflect::get(&object, &word.as_str().into()).map_err(|_| Unreadable)?;
        visitor.visit_enum(Variant { word, content })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
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

/// The fields of an object that the wanted type knows; others are not looked at.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
    value: Option<JsValue>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        for name in self.names.by_ref() {
            let value = Reflect::get(&self.object, &(*name).into()).map_err(|_| Unreadable)?;
            if !value.is_undefined() {
                self.value = Some(value);
                return seed.deserialize((*name).into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Json(self.value.take().ok_or(Unreadable)?))
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
