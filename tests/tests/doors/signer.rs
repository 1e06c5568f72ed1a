//! A client that signs its requests, in their header or in their URL, and may do so wrongly.

use pocket_kms::{
    CryptoProvider,
    http::Request,
    signature::{ALGORITHM, Message, Scope, Signature},
};

/// The time of [`crate::NOW`].
pub(crate) const TIME: &str = "20270115T080000Z";

/// Who signs, and what the signature says.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) time: String,
    pub(crate) day: String,
    pub(crate) region: String,
    pub(crate) service: String,
    pub(crate) signed: Vec<String>,
}

impl Signer {
    pub(crate) fn new(id: &str, secret: &str) -> Self {
        let [id, secret, time, day, region, service] =
            [id, secret, TIME, &TIME[..8], "us-east-1", "kms"].map(str::to_owned);
        let signed = ["host", "x-amz-date", "x-amz-target"].map(str::to_owned).to_vec();
        Self { id, secret, token: None, time, day, region, service, signed }
    }

    pub(crate) fn sts(mut self) -> Self {
        "sts".clone_into(&mut self.service);
        self.signed.retain(|name| name != "x-amz-target");
        self
    }

    pub(crate) fn at(mut self, time: &str) -> Self {
        (self.time, self.day) = (time.to_owned(), time[..8].to_owned());
        self
    }

    /// A request for an operation of KMS.
    pub(crate) fn kms(&self, operation: &str, input: &str) -> Request<'static> {
        let headers = [("Host", "localhost:4566"), ("X-Amz-Target", &format!("TrentService.{operation}"))];
        self.sign(request("POST", "/", &headers, input))
    }

    /// A request for an action of STS.
    pub(crate) fn form(&self, form: &str) -> Request<'static> {
        let headers = [("Host", "localhost:4566"), ("Content-Type", "application/x-www-form-urlencoded")];
        self.sign(request("POST", "/", &headers, form))
    }

    /// The same request with its signature in a header.
    pub(crate) fn sign<'a>(&self, mut request: Request<'a>) -> Request<'a> {
        let mut signed = self.signed.clone();
        request.headers.push(("X-Amz-Date".into(), self.time.clone().into_bytes().into()));
        if let Some(token) = &self.token {
            request.headers.push(("X-Amz-Security-Token".into(), token.clone().into_bytes().into()));
            signed.push("x-amz-security-token".to_owned());
        }
        signed.sort();
        let (scope, signature) = (self.scope(), self.signature(&request, &signed, false));
        let signed = signed.join(";");
        let header =
            format!("{ALGORITHM} Credential={}/{scope}, SignedHeaders={signed}, Signature={signature}", self.id);
        request.headers.push(("Authorization".into(), header.into_bytes().into()));
        request
    }

    /// The same request with its signature in the URL.
    pub(crate) fn presign<'a>(&self, mut request: Request<'a>, seconds: &str) -> Request<'a> {
        let mut signed = self.signed.clone();
        signed.retain(|name| name != "x-amz-date");
        let encoded = |text: &str| text.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D").replace(';', "%3B");
        let credential = encoded(&format!("{}/{}", self.id, self.scope()));
        let (names, time) = (encoded(&signed.join(";")), &self.time);
        let mut query = format!(
            "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={time}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders={names}"
        );
        if let Some(token) = &self.token {
            query.extend(["&X-Amz-Security-Token=", &encoded(token)]);
        }
        let join = if request.target.contains('?') { '&' } else { '?' };
        request.target = format!("{}{join}{query}", request.target).into();
        let signature = self.signature(&request, &signed, true);
        request.target.to_mut().extend(["&X-Amz-Signature=", &signature]);
        request
    }

    fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.day, self.region, self.service)
    }

    fn signature(&self, request: &Request, signed: &[String], presigned: bool) -> String {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let (headers, body) = (&request.headers, &request.body);
        let message = Message { method: &request.method, path, query, headers, authority: None, body };
        let scope = Scope { day: &self.day, region: &self.region, service: &self.service };
        let mac = CryptoProvider::default().mac;
        let of = (scope, self.time.as_str(), presigned);
        let made = Signature::new(mac, self.secret.as_bytes(), &message, signed, of).expect("a signature");
        made.expose().to_owned()
    }
}

/// A request that is not signed yet.
pub(crate) fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request<'static> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    Request::new(method.to_owned(), target.to_owned(), headers, body.as_bytes().to_vec())
}
