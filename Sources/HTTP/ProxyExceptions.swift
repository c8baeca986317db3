import Glibc

/// The hosts that `NO_PROXY` excepts, read as curl reads it.
///
/// libcurl looks at the URL's host, which is not where we go when the server's certificate has
/// another name: then it is we who look.
struct ProxyExceptions {
  private let entries: [Substring]

  init(_ text: String) { entries = text.split { $0 == "," || $0 == " " } }

  /// What this process's environment says.
  static var ofEnvironment: ProxyExceptions {
    let text = getenv("no_proxy") ?? getenv("NO_PROXY")
    return ProxyExceptions(text.map { String(cString: $0) } ?? "")
  }

  /// Whether a host is reached directly; an address of IPv6 may stand in brackets.
  func contains(_ host: String) -> Bool {
    let host = Self.bare(host)
    return entries.contains { entry in
      if entry == "*" { return true }
      if let address = Self.address(host) { return Self.matches(address, entry) }
      let name = entry.drop { $0 == "." }.lowercased()
      return host == name || host.hasSuffix("." + name)
    }
  }

  private static func bare(_ host: some StringProtocol) -> String {
    let inner = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host[...]
    return inner.lowercased()
  }

  /// Whether an address is an entry, or in the network that an entry such as `10.0.0.0/8` tells.
  private static func matches(_ address: [UInt8], _ entry: Substring) -> Bool {
    let parts = entry.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let network = self.address(bare(first)),
      network.count == address.count
    else { return false }
    let bits = parts.count > 1 ? Int(parts[1]) ?? -1 : network.count * 8
    guard (0...network.count * 8).contains(bits) else { return false }
    return (0..<bits).allSatisfy { bit in
      (address[bit / 8] ^ network[bit / 8]) & (0x80 >> (bit % 8)) == 0
    }
  }

  private static func address(_ text: String) -> [UInt8]? {
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
