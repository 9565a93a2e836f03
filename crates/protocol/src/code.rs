//! How a closed vocabulary is written: an enum, its word on the wire, and a place for words that a
//! newer peer may send.

/// Defines an enum whose variants are single words on the wire.
///
/// Reading an unknown word gives `Unknown`, so an old widget survives a newer server; writing
/// `Unknown` is possible but nothing in this code base does it. Words go over as plain strings,
/// which also keeps the WebAssembly small: one comparison table instead of a serde visitor each.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $word:literal ),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// A word this version does not know; only ever read, never written.
            Unknown,
        }

        impl $name {
            /// Every known value, in the order of the definition.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                    Self::Unknown => "unknown",
                }
            }

            /// The value of a word, or `Unknown`.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $( $word => Self::$variant, )+
                    _ => Self::Unknown,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str> as serde::Deserialize<'de>>::deserialize(deserializer)
                    .map(|word| Self::from_word(&word))
            }
        }
    };
}
