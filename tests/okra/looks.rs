//! Calls that ask an institution again, at once or without waiting, and how they are polled.
