import Foundation
import HTTP
import KubernetesObjects
import WireFormats

/// What is said to and heard from plugins: the kind `ExecCredential`.
enum ExecCredential {
  /// Why an answer cannot be used; it quotes nothing of the answer, which holds secrets.
  struct Unusable: Error {
    let reason: String
  }

  private static let kind = "ExecCredential"

  /// What `KUBERNETES_EXEC_INFO` tells a plugin.
  static func request(apiVersion: String, cluster: JSONValue?, isInteractive: Bool) -> JSONValue {
    var request: JSONValue = ["apiVersion": .string(apiVersion), "kind": .string(kind)]
    request[path: "spec", "interactive"] = .boolean(isInteractive)
    if let cluster { request[path: "spec", "cluster"] = cluster }
    return request
  }

  /// Reads what a plugin wrote to its standard output.
  static func identity(in output: [UInt8], apiVersion: String) throws(Unusable) -> Identity {
    let answer: JSONValue
    do {
      answer = try JSONValue(parsing: output)
    } catch {
      throw Unusable(reason: "it is not JSON (byte \(error.offset))")
    }
    guard answer["kind"]?.stringValue == kind else {
      throw Unusable(reason: "its kind is not \(kind)")
    }
    guard answer["apiVersion"]?.stringValue == apiVersion else {
      throw Unusable(reason: "its apiVersion is not \(apiVersion), which the kubeconfig asks for")
    }
    guard let status = answer["status"], status != .null else {
      throw Unusable(reason: "it has no status")
    }
    var identity = Identity()
    if let token = text("token", in: status) {
      guard let header = Identity.bearer(token.trimmingCharacters(in: .whitespacesAndNewlines))
      else {
        throw Unusable(reason: "status.token is no token")
      }
      identity.authorization = header
    }
    identity.certificate = try certificate(in: status)
    identity.renewsCertificate = identity.certificate != nil
    guard identity.authorization != nil || identity.certificate != nil else {
      throw Unusable(reason: "it has neither status.token nor status.clientCertificateData")
    }
    if let expiration = text("expirationTimestamp", in: status) {
      guard let time = Timestamp(rfc3339: expiration) else {
        throw Unusable(reason: "status.expirationTimestamp is no time")
      }
      identity.expiration = time
    }
    return identity
  }

  private static func certificate(in status: JSONValue) throws(Unusable) -> ClientCertificate? {
    let certificate = text("clientCertificateData", in: status)
    let key = text("clientKeyData", in: status)
    guard certificate != nil || key != nil else { return nil }
    guard let certificate, let key else {
      throw Unusable(reason: "it has one of clientCertificateData and clientKeyData alone")
    }
    return ClientCertificate(certificate: Array(certificate.utf8), key: Array(key.utf8))
  }

  private static func text(_ name: String, in status: JSONValue) -> String? {
    guard let text = status[name]?.stringValue, !text.isEmpty else { return nil }
    return text
  }
}
