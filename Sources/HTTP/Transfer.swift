import CCurl
import Glibc
import Synchronization

/// One request on libcurl's hands.
///
/// `@unchecked Sendable`: made by the sender, then touched by the loop's thread alone; `exchange`
/// and `received` are Sendable themselves.
final class Transfer: @unchecked Sendable {
  typealias ID = UInt64

  private static let nextID = Atomic<UInt64>(0)

  let id: ID
  let request: HTTPRequest
  let exchange: Exchange
  /// Host and port, for messages.
  let host: String
  /// The proxy that is in between, for messages.
  private var proxyName: String?
  private(set) var handle: UnsafeMutableRawPointer?
  private(set) var lastActivity = ContinuousClock.now
  /// How long nothing may come; at first what the request says.
  var idleLimit: Duration?
  private let settings: ConnectionSettings
  private let received: ByteCounter
  /// How much of what came is in `received`.
  private var counted = 0
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private var errorText: UnsafeMutablePointer<CChar>?
  private var head: HTTPResponseHead?
  private var isHeadDelivered = false
  /// Whether bytes came that were not offered to the receiver yet.
  var hasDelivered = false

  init(
    _ request: HTTPRequest,
    _ settings: ConnectionSettings,
    exchange: Exchange,
    received: ByteCounter
  ) {
    id = Self.nextID.wrappingAdd(1, ordering: .relaxed).newValue
    self.request = request
    idleLimit = request.timeouts.idle
    self.settings = settings
    self.exchange = exchange
    self.received = received
    host = URLParts(request.url)?.authority ?? request.url
  }

  func noteActivity() { lastActivity = ContinuousClock.now }
}

// MARK: - Preparing

extension Transfer {
  /// Makes libcurl's handle, which holds this object until ``release()``.
  func prepare(_ sockets: Sockets) throws(HTTPError) {
    guard let parts = URLParts(request.url), let handle = curl_easy_init() else {
      throw .malformedURL(request.url)
    }
    self.handle = handle
    let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: kpatrol_error_size)
    errorText.initialize(repeating: 0, count: kpatrol_error_size)
    self.errorText = errorText
    _ = kpatrol_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    prepareRequest(handle, parts)
    prepareProxy(handle, parts)
    prepareTLS(handle)
    prepareCallbacks(handle)
    sockets.attach(to: handle)
    noteActivity()
  }

  private func prepareRequest(_ handle: UnsafeMutableRawPointer, _ parts: URLParts) {
    _ = kpatrol_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = kpatrol_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    _ = kpatrol_set_long(handle, CURLOPT_NOSIGNAL, 1)
    let version = request.isBulky ? kpatrol_http_1_1 : kpatrol_http_2_tls
    _ = kpatrol_set_long(handle, CURLOPT_HTTP_VERSION, version)
    _ = kpatrol_set_long(handle, CURLOPT_PIPEWAIT, request.isBulky ? 0 : 1)
    // libcurl unpacks all that it has read at once, also while paused: then it may read less.
    _ = kpatrol_set_long(handle, CURLOPT_BUFFERSIZE, settings.acceptsGzip ? 32 << 10 : 256 << 10)
    if settings.acceptsGzip { _ = kpatrol_set_string(handle, CURLOPT_ACCEPT_ENCODING, "gzip") }
    _ = kpatrol_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
    _ = kpatrol_set_long(handle, CURLOPT_TCP_KEEPIDLE, 15)
    _ = kpatrol_set_long(handle, CURLOPT_TCP_KEEPINTVL, 5)
    let connect = request.timeouts.connect
    _ = kpatrol_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, connect.wholeMilliseconds)
    if let total = request.timeouts.total {
      _ = kpatrol_set_long(handle, CURLOPT_TIMEOUT_MS, total.wholeMilliseconds)
    }
    if let body = request.body {
      _ = kpatrol_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
      body.withUnsafeBytes { bytes in
        let copy = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
        _ = kpatrol_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, copy)
      }
    }
    var headers = request.headers.fields.map { "\($0.name): \($0.value)" } + ["Expect:"]
    if let serverName = settings.tls.serverName {
      // The name to verify is that of the URL; the connection goes to where the URL pointed.
      _ = kpatrol_set_string(handle, CURLOPT_URL, parts.url(withHost: serverName))
      headers.append("Host: \(parts.authority)")
      let route = "\(serverName):\(parts.port):\(parts.host):\(parts.port)"
      set(CURLOPT_CONNECT_TO, [route], handle)
    } else {
      _ = kpatrol_set_string(handle, CURLOPT_URL, request.url)
    }
    set(CURLOPT_HTTPHEADER, headers, handle)
  }

  private func prepareProxy(_ handle: UnsafeMutableRawPointer, _ parts: URLParts) {
    let proxy =
      switch settings.proxy {
      case .none: ""
      case .environment: ProxyEnvironment.ofProcess.proxy(to: parts) ?? ""
      case .url(let url): url
      }
    _ = kpatrol_set_string(handle, CURLOPT_PROXY, proxy)
    if let parts = URLParts(proxy.contains("://") ? proxy : "http://\(proxy)") {
      proxyName = "the proxy \(parts.authority)"
      // Where the URL names no port, libcurl would take that of SOCKS for HTTP, too.
      _ = kpatrol_set_long(handle, CURLOPT_PROXYPORT, Int(parts.port) ?? 0)
    }
    // Which proxy is used is decided here: libcurl shall not look into the environment.
    _ = kpatrol_set_string(handle, CURLOPT_NOPROXY, "")
    _ = kpatrol_set_long(handle, CURLOPT_PROXY_SSLVERSION, kpatrol_tls_1_2)
    // What a proxy says about its tunnel is no answer, and what we tell the server is not for it.
    _ = kpatrol_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    _ = kpatrol_set_long(handle, CURLOPT_HEADEROPT, kpatrol_headers_separate)
  }

  private func prepareTLS(_ handle: UnsafeMutableRawPointer) {
    let tls = settings.tls
    _ = kpatrol_set_long(handle, CURLOPT_SSLVERSION, kpatrol_tls_1_2)
    _ = kpatrol_set_long(handle, CURLOPT_CERTINFO, 1)
    func set(_ options: [CURLoption], _ pem: [UInt8]?) {
      pem?.withUnsafeBytes { bytes in
        for option in options {
          _ = kpatrol_set_blob(handle, option, bytes.baseAddress, bytes.count)
        }
      }
    }
    // A proxy behind TLS is trusted as the server is, and shown the same, as Go does.
    set([CURLOPT_CAINFO_BLOB, CURLOPT_PROXY_CAINFO_BLOB], tls.certificateAuthority)
    if tls.certificateAuthority == nil { prepareSystemAuthorities(handle) }
    set([CURLOPT_SSLCERT_BLOB, CURLOPT_PROXY_SSLCERT_BLOB], tls.clientCertificate?.certificate)
    set([CURLOPT_SSLKEY_BLOB, CURLOPT_PROXY_SSLKEY_BLOB], tls.clientCertificate?.key)
    guard tls.insecureSkipVerify else { return }
    let verifications = [
      CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYPEER,
      CURLOPT_PROXY_SSL_VERIFYHOST,
    ]
    for option in verifications { _ = kpatrol_set_long(handle, option, 0) }
  }

  /// Takes the system's authorities from where the environment says that they are, as OpenSSL and Go
  /// do; libcurl has places of its own.
  private func prepareSystemAuthorities(_ handle: UnsafeMutableRawPointer) {
    let places = [
      ("SSL_CERT_FILE", [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO]),
      ("SSL_CERT_DIR", [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH]),
    ]
    for (name, options) in places {
      guard let path = getenv(name), path.pointee != 0 else { continue }
      for option in options { _ = kpatrol_set_string(handle, option, path) }
    }
  }

  private func prepareCallbacks(_ handle: UnsafeMutableRawPointer) {
    let context = Unmanaged.passRetained(self).toOpaque()
    _ = kpatrol_set_pointer(handle, CURLOPT_HEADERDATA, context)
    _ = kpatrol_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = kpatrol_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.from(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
    _ = kpatrol_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
      let isTaken = Transfer.from(context)?.takeBody(buffer) ?? true
      return isTaken ? size * count : kpatrol_write_pause
    }
  }

  private func set(
    _ option: CURLoption,
    _ lines: [String],
    _ handle: UnsafeMutableRawPointer
  ) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) }
    guard let list else { return }
    lists.append(list)
    _ = kpatrol_set_list(handle, option, list)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Frees what libcurl had; the handle must be out of the multi handle by then.
  func release() {
    guard let handle else { return }
    self.handle = nil
    curl_easy_cleanup(handle)
    for list in lists { curl_slist_free_all(list) }
    lists = []
    errorText?.deallocate()
    errorText = nil
    Unmanaged.passUnretained(self).release()  // Balances `prepareCallbacks`.
  }
}

// MARK: - Receiving

extension Transfer {
  private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
    noteActivity()
    let line = String(decoding: bytes, as: UTF8.self).trimmed
    if line.hasPrefix("HTTP/") {
      let parts = line.split(separator: " ", maxSplits: 2)
      head = HTTPResponseHead(
        status: parts.count > 1 ? Int(parts[1]) ?? 0 : 0,
        version: line.hasPrefix("HTTP/2") ? .http2 : .http1,
        headers: [:]
      )
    } else if line.isEmpty {
      deliverHead()
    } else if let colon = line.firstIndex(of: ":") {
      let value = String(line[line.index(after: colon)...]).trimmed
      head?.headers.add(String(line[..<colon]), value)
    }
  }

  /// Delivers the head once; informational answers (1xx) are no answers yet.
  private func deliverHead() {
    guard !isHeadDelivered, var head, head.status >= 200 else { return }
    isHeadDelivered = true
    head.serverCertificates = serverCertificates
    exchange.deliver(head)
  }

  /// What the handshake showed, where this transfer made it: one certificate after the other, each
  /// as a list of `Name:value`.
  private var serverCertificates: [UInt8] {
    var information: UnsafeMutablePointer<curl_certinfo>?
    guard let handle, kpatrol_get_certificates(handle, &information) == CURLE_OK,
      let chain = information?.pointee, let certificates = chain.certinfo
    else { return [] }
    let mark = "Cert:"
    var text: [UInt8] = []
    for index in 0..<Int(chain.num_of_certs) {
      var entry = certificates[index]
      while let list = entry {
        let line = list.pointee.data.map { String(cString: $0) } ?? ""
        if line.hasPrefix(mark) { text += line.dropFirst(mark.count).utf8 + [0x0A] }
        entry = list.pointee.next
      }
    }
    return text
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    noteActivity()
    guard exchange.deliver(bytes) else { return false }
    hasDelivered = true
    return true
  }

  /// Adds to the counter what came since the last time, as it came over the wire.
  func countReceived() {
    var size: curl_off_t = 0
    guard let handle,
      kpatrol_get_size(handle, CURLINFO_SIZE_DOWNLOAD_T, &size) == CURLE_OK, size > counted
    else { return }
    received.add(size - counted)
    counted = size
  }

  /// What libcurl's result means.
  func result(_ code: CURLcode) -> Result<Void, HTTPError> {
    guard code != CURLE_OK else { return .success(()) }
    let text = errorText.map { String(cString: $0) } ?? ""
    let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
      return .failure(.malformedURL(request.url))
    case CURLE_OPERATION_TIMEDOUT:
      return .failure(.timedOut(host: host, reason: reason))
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .failure(.tls(host: untrustedProxy ?? host, reason: reason))
    case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY,
      CURLE_PROXY:
      return .failure(.unreachable(host: host, reason: reason))
    default:
      return .failure(.connectionLost(host: host, reason: reason))
    }
  }
}

extension Transfer {
  /// The proxy, where it is its certificate that is not trusted.
  private var untrustedProxy: String? {
    var verdict = 0
    guard let handle,
      kpatrol_get_long(handle, CURLINFO_PROXY_SSL_VERIFYRESULT, &verdict) == CURLE_OK, verdict != 0
    else { return nil }
    return proxyName
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
