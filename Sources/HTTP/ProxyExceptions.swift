import Glibc

/// The hosts that are reached directly: those of `NO_PROXY`, and this machine.
struct ProxyExceptions {
  private enum Entry {
    case everything
    /// The first so many bits of an address.
    case network([UInt8], bits: Int, port: String?)
    /// A domain with a dot before it, and whether the domain itself is meant, too.
    case domain(String, includesItself: Bool, port: String?)
  }

  private let entries: [Entry]

  init(_ text: String) {
    entries = text.split(separator: ",").compactMap { Self.entry(String($0).trimmed.lowercased()) }
  }

  /// Whether a host is reached directly; an address of IPv6 may stand in brackets.
  func contains(_ host: String, port: String) -> Bool {
    let host = Self.withoutBrackets(host.lowercased())
    let address = Self.address(host)
    if host == "localhost" || address.map(Self.isLoopback) == true { return true }
    return entries.contains { entry in
      switch entry {
      case .everything: true
      case .network(let network, let bits, let wanted):
        address.map { Self.hasPrefix($0, network, bits) } == true && wanted ?? port == port
      case .domain(let domain, let includesItself, let wanted):
        address == nil && wanted ?? port == port
          && (host.hasSuffix(domain) || includesItself && "." + host == domain)
      }
    }
  }

  private static func entry(_ text: String) -> Entry? {
    guard text != "*" else { return .everything }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let network = address(String(parts[0])), let bits = Int(parts[1]),
      (0...network.count * 8).contains(bits)
    {
      return .network(network, bits: bits, port: nil)
    }
    var (host, port) = hostAndPort(text)
    if let address = address(host) {
      return .network(address, bits: address.count * 8, port: port)
    }
    if host.hasPrefix("*.") { host.removeFirst() }
    guard !host.isEmpty else { return nil }
    let isParent = host.hasPrefix(".")
    return .domain(isParent ? host : "." + host, includesItself: !isParent, port: port)
  }

  /// Takes a port off; an address of IPv6 has one only behind its brackets.
  private static func hostAndPort(_ text: String) -> (String, String?) {
    guard let colon = text.lastIndex(of: ":"), text.hasSuffix("]") == false,
      text.hasPrefix("[") || text.firstIndex(of: ":") == colon
    else { return (withoutBrackets(text), nil) }
    let port = String(text[text.index(after: colon)...])
    return (withoutBrackets(String(text[..<colon])), port.isEmpty ? nil : port)
  }

  private static func withoutBrackets(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  private static func isLoopback(_ address: [UInt8]) -> Bool {
    address.count == 4
      ? address[0] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
  }

  private static func hasPrefix(_ address: [UInt8], _ network: [UInt8], _ bits: Int) -> Bool {
    guard address.count == network.count else { return false }
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
