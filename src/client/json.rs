//! JSON: what the browser's own parser made, or a worker sent, read into Rust's types.
//!
//! A `serde` deserializer over `JsValue` that knows just what the contract uses, and whose only
//! error is "not so". It takes the place of serde-wasm-bindgen, whose error messages alone bring
//! the printing of floating point numbers: 10 kB less to download (brotli).

use std::fmt::{self, Display};

use js_sys::{Array, Reflect};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
    value::{U32Deserializer, U64Deserializer},
};
use wasm_bindgen::{JsCast, JsValue};

/// The text is no JSON, or not that of the type asked for. It has no words: the reader is told
/// that what arrived is damaged, and the publisher has the schema.
#[derive(Debug)]
pub(super) struct Malformed;

/// Parses a text.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Malformed> {
    read(js_sys::JSON::parse(text).map_err(|_| Malformed)?)
}

/// Reads a value that is parsed already.
pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Malformed> {
    T::deserialize(Value(value))
}

impl Display for Malformed {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Malformed {}

// Every constructor is spelled out: those that serde provides format a message.
impl Error for Malformed {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value of JSON.
struct Value(JsValue);

impl<'de> Deserializer<'de> for Value {
    type Error = Malformed;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Malformed> {
        Err(Malformed)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        visitor.visit_bool(self.0.as_bool().ok_or(Malformed)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        let number = self.0.as_f64().ok_or(Malformed)?;
        // The conversion saturates, so only a whole number in range comes back the same.
        let whole = number as u32;
        if f64::from(whole) == number { visitor.visit_u32(whole) } else { Err(Malformed) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        visitor.visit_string(self.0.as_string().ok_or(Malformed)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        let array = self.0.dyn_into::<Array>().map_err(|_| Malformed)?;
        visitor.visit_seq(Elements { array, next: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        if !self.0.is_object() {
            return Err(Malformed);
        }
        visitor.visit_map(Fields { object: self.0, fields, next: 0, value: JsValue::UNDEFINED })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        let name = self.0.as_string().ok_or(Malformed)?;
        let index = variants.iter().position(|variant| *variant == name).ok_or(Malformed)?;
        visitor.visit_enum(Variant(index as u32))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u64 f32 f64 char str bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct map identifier ignored_any
    }
}

/// The elements of an array.
struct Elements {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = Malformed;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Malformed> {
        if self.next == self.array.length() {
            return Ok(None);
        }
        let element = self.array.get(self.next);
        self.next += 1;
        seed.deserialize(Value(element)).map(Some)
    }
}

/// The fields of an object that the type knows. A field is named by its place in the list, which
/// the code that `serde` derives understands as well as its name.
struct Fields {
    object: JsValue,
    fields: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Malformed;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Malformed> {
        while let Some(name) = self.fields.get(self.next) {
            self.next += 1;
            self.value = Reflect::get(&self.object, &(*name).into()).map_err(|_| Malformed)?;
            if !self.value.is_undefined() {
                let index: U64Deserializer<Malformed> = (self.next as u64 - 1).into_deserializer();
                return seed.deserialize(index).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Malformed> {
        seed.deserialize(Value(self.value.clone()))
    }
}

/// A variant without fields, by its place in the list.
struct Variant(u32);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Malformed;
    type Variant = Unit;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Unit), Malformed> {
        let index: U32Deserializer<Malformed> = self.0.into_deserializer();
        Ok((seed.deserialize(index)?, Unit))
    }
}

struct Unit;

impl<'de> VariantAccess<'de> for Unit {
    type Error = Malformed;

    fn unit_variant(self) -> Result<(), Malformed> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Malformed> {
        Err(Malformed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Malformed> {
        Err(Malformed)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Malformed> {
        Err(Malformed)
    }
}
