//! The worker inside the binary: killed between a commit and the webhook that tells it, and facing
//! certificates good and bad.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod books;

use axum::http::HeaderMap;
use books::{Books, Server};
use egusi_server::webhooks::sign::fresh_secret;
use egusi_store::DeliveryState;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use standardwebhooks::Webhook;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto};

/// Takes one webhook, and gives its id and body once the official library has verified it.
async fn receive(mut socket: impl AsyncRead + AsyncWrite + Unpin, secret: &str) -> (String, String) {
    let mut text = String::new();
    let (head, body) = loop {
        let mut chunk = [0; 4096];
        let length = socket.read(&mut chunk).await.unwrap();
        assert!(length > 0, "the request broke off");
        text.push_str(std::str::from_utf8(&chunk[..length]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && head.to_ascii_lowercase().contains(&format!("content-length: {}", body.len()))
        {
            break (head.to_owned(), body.to_owned());
        }
    };
    let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: HeaderMap =
        pairs.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    Webhook::new(secret).unwrap().verify(body.as_bytes(), &headers).unwrap();
    socket.write_all(b"HTTP/1.1 204 x\r\nconnection: close\r\n\r\n").await.unwrap();
    socket.shutdown().await.unwrap();
    (headers["webhook-id"].to_str().unwrap().to_owned(), body)
}

#[tokio::test]
async fn what_was_written_before_a_kill_is_told_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    // Bound and not listening: the port is ours, and whoever calls is refused.
    let receiver = TcpSocket::new_v4().unwrap();
    receiver.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = receiver.local_addr().unwrap().port();

    let server = Server::start(data, &[]);
    let books = Books::open(data);
    let secret = fresh_secret().unwrap();
    books.endpoint(data, format!("http://127.0.0.1:{port}/hook"), secret.expose()).await;
    let first = books.happen(r#"{"number":1}"#).await;
    books.until(|rows| rows.iter().all(|row| row.last_problem == "connection refused")).await;
    server.kill();
    let second = books.happen(r#"{"number":2}"#).await;

    let listener = receiver.listen(16).unwrap();
    let server = Server::start(data, &[]);
    let mut told = Vec::new();
    for _ in 0..2 {
        let (socket, _) = listener.accept().await.unwrap();
        told.push(receive(socket, secret.expose()).await);
    }
    let expected = [(first, r#"{"number":1}"#.to_owned()), (second, r#"{"number":2}"#.to_owned())];
    assert_eq!(told, expected, "both, in order, each by its own name");
    books.until(|rows| rows.iter().all(|row| row.state == DeliveryState::Delivered)).await;
    server.kill();
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Issuer {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A receiver that speaks TLS, with a certificate for that name.
struct Encrypted {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Encrypted {
    async fn new(authority: &Issuer, name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, authority).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)) }
    }

    fn url(&self) -> String {
        format!("https://{}/hook", self.listener.local_addr().unwrap())
    }
}

/// The machine's certificate authorities decide, and the certificate must be for the name called.
#[tokio::test]
async fn https_goes_to_those_alone_whom_an_authority_vouches_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let known = authority();
    let authorities = data.join("authorities.pem");
    std::fs::write(&authorities, known.pem()).unwrap();
    let good = Encrypted::new(&known, "127.0.0.1").await;
    let stranger = Encrypted::new(&authority(), "127.0.0.1").await;
    let other_name = Encrypted::new(&known, "shop.example").await;

    let server = Server::start(data, &[("SSL_CERT_FILE", &authorities)]);
    let books = Books::open(data);
    let secret = fresh_secret().unwrap();
    for receiver in [&good, &stranger, &other_name] {
        books.endpoint(data, receiver.url(), secret.expose()).await;
    }
    let id = books.happen("{}").await;

    for receiver in [&stranger, &other_name] {
        let (socket, _) = receiver.listener.accept().await.unwrap();
        assert!(receiver.acceptor.accept(socket).await.is_err(), "no handshake, so no word of the body");
    }
    let (socket, _) = good.listener.accept().await.unwrap();
    let socket = good.acceptor.accept(socket).await.unwrap();
    assert_eq!(receive(socket, secret.expose()).await, (id, "{}".to_owned()));
    let problem = "the certificate or the encryption was not good";
    let is_settled = |url: String, problem: &str, rows: &[egusi_store::DeliveryRow]| {
        rows.iter().any(|row| row.url == url && row.last_at_ms.is_some() && row.last_problem == problem)
    };
    books
        .until(|rows| {
            is_settled(good.url(), "", rows)
                && is_settled(stranger.url(), problem, rows)
                && is_settled(other_name.url(), problem, rows)
        })
        .await;
    server.kill();
}
