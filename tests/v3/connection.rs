//! The connection a call comes by: it outlives an answer that did not need the call's body.

use crate::support::Site;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

#[tokio::test(flavor = "multi_thread")]
async fn a_body_nobody_wants_is_read_before_the_answer() {
    let site = Site::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, site.router.clone()).into_future());
    for path in ["/v2/banks/list", "/v3/apps", "/nothing"] {
        let talk = tokio::task::spawn_blocking(move || two_calls(address, path));
        assert_eq!(talk.await.unwrap(), 2, "{path}");
    }
}

/// Sends two calls over one connection, the bodies behind their heads; gives how many were answered.
fn two_calls(address: SocketAddr, path: &str) -> usize {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n");
    let mut answered = 0;
    for _ in 0..2 {
        stream.write_all(head.as_bytes()).unwrap();
        let invitation = read_head(&mut answers);
        assert!(invitation.starts_with("HTTP/1.1 100"), "the body was not asked for: {invitation:?}");
        stream.write_all(b"{}").unwrap();
        let head = read_head(&mut answers);
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        answers.read_exact(&mut vec![0; length.parse().unwrap()]).unwrap();
        answered += 1;
    }
    answered
}

/// The lines until an empty one.
fn read_head(stream: &mut impl BufRead) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head).unwrap() > 0 {}
    head
}
