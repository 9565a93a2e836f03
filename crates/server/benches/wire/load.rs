//! The callers: threads that each keep one connection and send a call when the last is answered.

use super::cpu;
use egusi_server::clock::{Clock, SystemClock};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};

/// How many callers there are.
pub const CONNECTIONS: usize = 32;

/// One call as bytes, so that making it costs nothing while it counts.
#[derive(Clone)]
pub struct Call(Arc<[u8]>);

impl Call {
    pub fn get(path: &str) -> Self {
        Self(format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes().into())
    }

    pub fn post(path: &str, bearer: &str, body: &str) -> Self {
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {bearer}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        Self(text.into_bytes().into())
    }
}

/// Which calls are made.
pub struct Load {
    calls: Vec<Call>,
    answers: usize,
}

/// What came of them.
pub struct Done {
    pub answers: usize,
    pub refused: usize,
    pub first_refusal: String,
    pub took_ms: i64,
    pub server_cpu_us: f64,
}

impl Load {
    pub fn same(call: Call, answers: usize) -> Self {
        Self { calls: vec![call], answers }
    }

    pub fn cycling(calls: &[Call], answers: usize) -> Self {
        Self { calls: calls.to_vec(), answers }
    }

    pub fn each_once(calls: Vec<Call>) -> Self {
        Self { answers: calls.len(), calls }
    }

    /// Makes all calls and waits for the answers.
    pub fn run(self, address: SocketAddr) -> Done {
        let next = AtomicUsize::new(0);
        let refused = AtomicUsize::new(0);
        let first_refusal = Mutex::new(String::new());
        let threads = Mutex::new(Vec::new());
        let (ready, finished, over) =
            (Barrier::new(CONNECTIONS + 1), Barrier::new(CONNECTIONS + 1), Barrier::new(CONNECTIONS + 1));
        std::thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| {
                    threads.lock().unwrap().push(cpu::this_thread());
                    let mut line = Line::open(address);
                    ready.wait();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= self.answers {
                            break;
                        }
                        if let Err(answer) = line.ask(&self.calls[at % self.calls.len()]) {
                            refused.fetch_add(1, Ordering::Relaxed);
                            *first_refusal.lock().unwrap() = answer;
                        }
                    }
                    finished.wait();
                    // The stopwatch reads this thread's time before it ends.
                    over.wait();
                });
            }
            ready.wait();
            let threads = threads.lock().unwrap().clone();
            let (cpu_before, began_ms) = (cpu::without(&threads), SystemClock.now_ms());
            finished.wait();
            let (cpu_after, ended_ms) = (cpu::without(&threads), SystemClock.now_ms());
            over.wait();
            Done {
                answers: self.answers,
                refused: refused.load(Ordering::Relaxed),
                first_refusal: first_refusal.lock().unwrap().clone(),
                took_ms: (ended_ms - began_ms).max(1),
                server_cpu_us: cpu_after - cpu_before,
            }
        })
    }
}

/// One kept connection.
struct Line {
    reader: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Line {
    fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).unwrap();
        socket.set_nodelay(true).unwrap();
        Self { reader: BufReader::with_capacity(16 * 1024, socket), body: Vec::new() }
    }

    /// Sends a call and reads the whole answer; a refusal comes back as its text.
    fn ask(&mut self, Call(bytes): &Call) -> Result<(), String> {
        self.reader.get_mut().write_all(bytes).unwrap();
        let (mut head, mut length, mut good) = (String::new(), 0, false);
        loop {
            head.clear();
            self.reader.read_line(&mut head).unwrap();
            if head == "\r\n" {
                break;
            }
            let lower = head.to_ascii_lowercase();
            good |= lower.starts_with("http/1.1 200");
            if let Some(text) = lower.strip_prefix("content-length:") {
                length = text.trim().parse().unwrap();
            }
        }
        self.body.resize(length, 0);
        self.reader.read_exact(&mut self.body).unwrap();
        if good { Ok(()) } else { Err(String::from_utf8_lossy(&self.body).into_owned()) }
    }
}
