//! Streams of the browser as streams of Rust, and back: what `server_fn` uses of the crate
//! wasm-streams, in whose place this one is built.
//!
//! The app calls no server function, so none of this is in it. But wasm-streams 0.5 exports three
//! classes to JavaScript, and what is exported is kept by the linker and downloaded by every reader:
//! 4.8 kB (brotli). This crate does the same without an export.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::stream::{self, Stream, StreamExt as _};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::ReadableStreamDefaultReader;

/// A stream of the browser (Streams Standard, "ReadableStream").
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The stream that a browser gave.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The stream as the browser knows it.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream that asks a stream of Rust for each chunk. An error ends it.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        // The browser asks for the next chunk only when the one before has come.
        let stream = Rc::new(RefCell::new(Some(Box::pin(stream))));
        let pull = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |controller: JsValue| {
            let stream = stream.clone();
            future_to_promise(async move {
                let taken = stream.borrow_mut().take();
                let Some(mut chunks) = taken else { return Ok(JsValue::UNDEFINED) };
                match chunks.next().await.transpose()? {
                    Some(chunk) => {
                        method(&controller, "enqueue")?.call1(&controller, &chunk)?;
                        stream.replace(Some(chunks));
                    }
                    None => {
                        method(&controller, "close")?.call0(&controller)?;
                    }
                }
                Ok(JsValue::UNDEFINED)
            })
        });
        let source = Object::new();
        // Neither can fail: a plain object takes every property, and what has one method that is a
        // function is a source.
        let _ = Reflect::set(&source, &"pull".into(), &pull.into_js_value());
        Self(
            web_sys::ReadableStream::new_with_underlying_source(&source)
                .unwrap_or_else(|it| it.into()),
        )
    }

    /// The chunks, one after the other. A stream that somebody reads already is an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        let reader = ReadableStreamDefaultReader::new(&self.0);
        stream::unfold(Some(reader), async |reader| {
            let reader = match reader? {
                Ok(reader) => reader,
                Err(error) => return Some((Err(error), None)),
            };
            match next_chunk(&reader).await {
                Ok(chunk) => Some((Ok(chunk?), Some(Ok(reader)))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

/// The next chunk, unless the stream is at its end.
async fn next_chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<JsValue>, JsValue> {
    let result = JsFuture::from(reader.read()).await?;
    let done = Reflect::get(&result, &"done".into())?.is_truthy();
    (!done).then(|| Reflect::get(&result, &"value".into())).transpose()
}

fn method(object: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into()
}
