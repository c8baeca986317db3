package import WireFormats

/// Where a load balancer takes requests (`status.loadBalancer`).
package struct LoadBalancer: Hashable, Sendable {
  package var addresses: [IPAddress] = []
  package var hostNames: [String] = []
  /// What it says why a port does not work: `443/TCP CloudError`.
  package var portErrors: [String] = []

  package init() {}

  /// Whether requests can come at all.
  package var isEmpty: Bool { addresses.isEmpty && hostNames.isEmpty }
}

extension LoadBalancer: FieldReadable {
  /// Messages `core.v1.LoadBalancerStatus` and `networking.v1.IngressLoadBalancerStatus`.
  private enum Field: Int, WireField {
    case ingress = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `core.v1.LoadBalancerIngress` and `networking.v1.IngressLoadBalancerIngress`.
  private enum IngressField: Int, WireField {
    case ip = 1, hostname, ports = 4
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `core.v1.PortStatus` and `networking.v1.IngressPortStatus`.
  private enum PortField: Int, WireField {
    case port = 1, `protocol`, error
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(Field.self) != nil {
      try reader.beginArray()
      while try reader.nextElement() { try readIngress(from: &reader) }
    }
  }

  private mutating func readIngress(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(IngressField.self) {
      switch field {
      case .ip: if let address = IPAddress(try reader.string()) { addresses.append(address) }
      case .hostname:
        let name = try reader.string()
        if !name.isEmpty { hostNames.append(name) }
      case .ports:
        try reader.beginArray()
        while try reader.nextElement() { try readPort(from: &reader) }
      }
    }
  }

  private mutating func readPort(from reader: inout FieldReader) throws(WireError) {
    var number: UInt16 = 0
    var portProtocol = "TCP"
    var error = ""
    try reader.beginObject()
    while let field = try reader.nextField(PortField.self) {
      switch field {
      case .port: number = try reader.port()
      case .protocol: portProtocol = try reader.string(orIfEmpty: "TCP")
      case .error: error = try reader.string()
      }
    }
    if !error.isEmpty { portErrors.append("\(number)/\(portProtocol) \(error)") }
  }
}
