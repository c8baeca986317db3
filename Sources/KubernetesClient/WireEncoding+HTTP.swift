import HTTP
package import WireFormats

/// The media types of the Kubernetes API.
///
/// Source: kubernetes.io, "API Concepts", "Alternate representations of resources".
package enum MediaType {
  static let json = "application/json"
  static let protobuf = "application/vnd.kubernetes.protobuf"

  /// What a resource's objects are asked for as; a server that has only JSON answers with that.
  package static func accept(
    _ encoding: WireEncoding,
    metadataOnlyAs form: String? = nil,
    isWatch: Bool = false
  ) -> String {
    let parameters = form.map { ";as=\($0);g=meta.k8s.io;v=v1" } ?? ""
    let asJSON = form == nil ? json : "\(json)\(parameters),\(json)"
    guard encoding == .protobuf else { return asJSON }
    return "\(protobuf)\(parameters)\(isWatch ? ";stream=watch" : ""),\(asJSON)"
  }
}

extension HTTPResponseHead {
  /// How the body is written.
  var encoding: WireEncoding {
    headers["Content-Type"]?.hasPrefix(MediaType.protobuf) == true ? .protobuf : .json
  }
}
