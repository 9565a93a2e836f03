//! A receiver of webhooks that does as it is told: a real socket, so that what breaks breaks for real.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to do with a request once it was read.
#[derive(Clone)]
pub enum Reply {
    /// Answer with a status and further header lines.
    Status(u16, &'static str),
    /// Answer with a redirect to that port of this machine.
    Redirect(SocketAddr),
    /// Close the connection without an answer.
    Close,
    /// Say nothing for ever.
    Hang,
    /// Answer 200, and never end the body.
    Drip,
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn at_s(&self) -> i64 {
        self.header("webhook-timestamp").parse().unwrap()
    }
}

/// Listens on a free port. Replies as written down, then with 200.
pub struct Receiver {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
}

impl Receiver {
    pub async fn new(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let receiver = Self { address, seen: Arc::default(), connections: Arc::default() };
        let (seen, connections) = (receiver.seen.clone(), receiver.connections.clone());
        let replies = Arc::new(Mutex::new(VecDeque::from(replies.to_vec())));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                *connections.lock().unwrap() += 1;
                tokio::spawn(serve(socket, seen.clone(), replies.clone()));
            }
        });
        receiver
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook?order=7", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn serve(mut socket: TcpStream, seen: Arc<Mutex<Vec<Seen>>>, replies: Arc<Mutex<VecDeque<Reply>>>) {
    let Some(request) = read(&mut socket).await else { return };
    seen.lock().unwrap().push(request);
    let reply = replies.lock().unwrap().pop_front().unwrap_or(Reply::Status(200, ""));
    let head = match reply {
        Reply::Status(status, lines) => {
            format!("HTTP/1.1 {status} x\r\n{lines}content-length: 2\r\nconnection: close\r\n\r\nok")
        }
        Reply::Redirect(to) => {
            format!(
                "HTTP/1.1 307 x\r\nlocation: http://{to}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        }
        Reply::Close => return,
        Reply::Hang => std::future::pending().await,
        Reply::Drip => "HTTP/1.1 200 x\r\ncontent-length: 999999999\r\n\r\n".to_owned(),
    };
    socket.write_all(head.as_bytes()).await.unwrap();
    if matches!(reply, Reply::Drip) {
        // Ends when the other side has had enough.
        while socket.write_all(&[b'x'; 4096]).await.is_ok() {}
    }
}

async fn read(socket: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let (head, body_from) = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..at].to_vec()).unwrap(), at + 4);
        }
        read_more(socket, &mut bytes).await?;
    };
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: BTreeMap<_, _> =
        lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let length: usize = headers["content-length"].parse().unwrap();
    while bytes.len() < body_from + length {
        read_more(socket, &mut bytes).await?;
    }
    Some(Seen { headers, body: String::from_utf8(bytes[body_from..].to_vec()).unwrap() })
}

async fn read_more(socket: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    let length = socket.read(&mut chunk).await.ok().filter(|length| *length > 0)?;
    bytes.extend_from_slice(&chunk[..length]);
    Some(())
}
