extension CELLibrary {
  /// Addresses and ranges of addresses.
  static let network = CELLibrary(
    overloads: addresses + ranges,
    typeNames: [NetworkAddress.name, NetworkRange.name]
  )

  private static let address = CELType.opaque(NetworkAddress.name)
  private static let range = CELType.opaque(NetworkRange.name)

  private static let addresses: [CELOverload] = [
    .function("ip") { (text: String, _) throws(CELError) -> NetworkAddress in
      try NetworkAddress(parsing: text)
    },
    .function("ip", address, returns: address) { value, _ in value },
    .function("isIP") { (text: String, _) throws(CELError) -> Bool in
      (try? NetworkAddress(parsing: text)) != nil
    },
    .function("ip.isCanonical") { (text: String, _) throws(CELError) -> Bool in
      try NetworkAddress(parsing: text).text == text
    },
    .function("string") { (address: NetworkAddress, _) throws(CELError) -> String in address.text },
    .member("family") { (address: NetworkAddress, _) throws(CELError) -> Int64 in address.family },
    .member("isUnspecified") { (address: NetworkAddress, _) throws(CELError) -> Bool in
      address.isUnspecified
    },
    .member("isLoopback") { (address: NetworkAddress, _) throws(CELError) -> Bool in
      address.isLoopback
    },
    .member("isGlobalUnicast") { (address: NetworkAddress, _) throws(CELError) -> Bool in
      address.isGlobalUnicast
    },
    .member("isLinkLocalMulticast") { (address: NetworkAddress, _) throws(CELError) -> Bool in
      address.isLinkLocalMulticast
    },
    .member("isLinkLocalUnicast") { (address: NetworkAddress, _) throws(CELError) -> Bool in
      address.isLinkLocalUnicast
    },
  ]

  private static let ranges: [CELOverload] = [
    .function("cidr") { (text: String, _) throws(CELError) -> NetworkRange in
      try NetworkRange(parsing: text)
    },
    .function("cidr", range, returns: range) { value, _ in value },
    .function("isCIDR") { (text: String, _) throws(CELError) -> Bool in
      (try? NetworkRange(parsing: text)) != nil
    },
    .function("string") { (range: NetworkRange, _) throws(CELError) -> String in range.text },
    .member("ip") { (range: NetworkRange, _) throws(CELError) -> NetworkAddress in range.address },
    .member("prefixLength") { (range: NetworkRange, _) throws(CELError) -> Int64 in
      Int64(range.length)
    },
    .member("masked") { (range: NetworkRange, _) throws(CELError) -> NetworkRange in range.masked },
    .member("isMask") { (range: NetworkRange, _) throws(CELError) -> Bool in
      range.masked.isEqual(to: range)
    },
    .member("containsIP") {
      (range: NetworkRange, address: NetworkAddress, _) throws(CELError) -> Bool in
      range.contains(address)
    },
    .member("containsIP") { (range: NetworkRange, text: String, _) throws(CELError) -> Bool in
      range.contains(try NetworkAddress(parsing: text))
    },
    .member("containsCIDR") {
      (range: NetworkRange, other: NetworkRange, _) throws(CELError) -> Bool in
      range.contains(other)
    },
    .member("containsCIDR") { (range: NetworkRange, text: String, _) throws(CELError) -> Bool in
      range.contains(try NetworkRange(parsing: text))
    },
  ]
}
