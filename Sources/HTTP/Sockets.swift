import CCurl
import Glibc

/// The sockets that libcurl has open, so that a connection that is dead can be cut.
///
/// libcurl itself would put each new request on such a connection, for as long as a stream is left
/// on it. Touched by the loop's thread alone.
final class Sockets {
  /// Both ends of a connection, for a port of ours may serve several: `127.0.0.1 49152 127.0.0.1 443`.
  typealias Name = String

  /// How many milliseconds the kernel waits for what was sent to be acknowledged.
  ///
  /// Keep-alive does not look while something is not.
  private static let unacknowledgedLimit: UInt32 = 30_000

  private var open: Set<CInt> = []

  /// Lets `handle` open and close its sockets here; this must outlive the connection.
  func attach(to handle: UnsafeMutableRawPointer) {
    kpatrol_set_sockets(
      handle,
      { context, _, address in
        guard let context, let address else { return kpatrol_bad_socket }
        return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().make(address.pointee)
      },
      { context, socket in
        guard let context else { return close(socket) }
        return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().end(socket)
      },
      Unmanaged.passUnretained(self).toOpaque()
    )
  }

  /// Breaks the connection that has this name, for all that go over it.
  func cut(_ name: Name) {
    for socket in open where Self.name(of: socket) == name { shutdown(socket, CInt(SHUT_RDWR)) }
  }

  private func make(_ address: curl_sockaddr) -> CInt {
    let type = address.socktype | CInt(SOCK_CLOEXEC.rawValue)
    let socket = Glibc.socket(address.family, type, address.protocol)
    guard socket >= 0 else { return kpatrol_bad_socket }
    var limit = Self.unacknowledgedLimit
    let size = socklen_t(MemoryLayout.size(ofValue: limit))
    setsockopt(socket, CInt(IPPROTO_TCP), TCP_USER_TIMEOUT, &limit, size)
    open.insert(socket)
    return socket
  }

  private func end(_ socket: CInt) -> CInt {
    open.remove(socket)
    return close(socket)
  }

  private static func name(of socket: CInt) -> Name? {
    guard let ours = text(of: socket, getsockname), let theirs = text(of: socket, getpeername)
    else { return nil }
    return "\(ours) \(theirs)"
  }

  /// The address and the port of one end of a connection.
  private static func text(
    of socket: CInt,
    _ end: (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
  ) -> String? {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
    let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        end(socket, pointer, &length) == 0
          && getnameinfo(
            pointer,
            length,
            &host,
            socklen_t(host.count),
            &port,
            socklen_t(port.count),
            NI_NUMERICHOST | NI_NUMERICSERV
          ) == 0
      }
    }
    guard isKnown else { return nil }
    return [host, port].map { text in
      String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }.joined(separator: " ")
  }
}

extension Transfer {
  /// The connection that the transfer uses, or used; `nil` before there is one.
  var connection: Sockets.Name? {
    guard let ours = end(CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT),
      let theirs = end(CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT)
    else { return nil }
    return "\(ours) \(theirs)"
  }

  private func end(_ hostInfo: CURLINFO, _ portInfo: CURLINFO) -> String? {
    var host: UnsafePointer<CChar>?
    var port = 0
    guard let handle, kpatrol_get_string(handle, hostInfo, &host) == CURLE_OK, let host,
      kpatrol_get_long(handle, portInfo, &port) == CURLE_OK, port > 0
    else { return nil }
    return "\(String(cString: host)) \(port)"
  }
}
