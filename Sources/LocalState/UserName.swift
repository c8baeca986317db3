import Glibc

/// Who runs the program, and where.
package enum UserName {
  /// `user@host`, as what is kept names its author.
  package static var atHost: String {
    let id = getuid()
    let user = getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "\(id)"
    return host.map { "\(user)@\($0)" } ?? user
  }

  /// What the machine is called.
  package static var host: String? {
    var host = [CChar](repeating: 0, count: 256)
    guard gethostname(&host, host.count - 1) == 0 else { return nil }
    return String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
