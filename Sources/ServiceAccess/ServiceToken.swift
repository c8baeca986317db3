import HTTP
import KubernetesClient
package import UserConfiguration
import YAMLReading

/// The token with which a service is asked; it is read anew each time, kept nowhere and never
/// described.
package struct ServiceToken: Sendable {
  /// Longer than any program may take that nobody watches.
  private static let timeLimit = Duration.seconds(30)

  private let source: InventorySource.Token?
  private let scheme: String
  private let environment: [String: String]

  /// The token of a source, with the word that stands before it.
  package init(_ source: InventorySource.Token?, scheme: String, environment: [String: String]) {
    self.source = source
    self.scheme = scheme
    self.environment = environment
  }

  /// The value of the header `Authorization`; `nil` where no token is configured.
  package func authorization() async throws(ServiceAccessError) -> String? {
    guard let source else { return nil }
    let text: String
    switch source {
    case .text(let token): text = token
    case .file(let path): text = try Self.text(of: path)
    case .command(let words):
      do {
        text = try await CommandOutput.text(
          of: words,
          environment: environment,
          timeLimit: Self.timeLimit
        )
      } catch {
        throw .noToken(reason: error.description)
      }
    }
    let token = text.split(omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    guard !token.isEmpty else { throw .noToken(reason: "it is empty") }
    guard token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw .noToken(reason: "what was read has blanks or characters that no token has")
    }
    return "\(scheme) \(token)"
  }

  private static func text(of path: String) throws(ServiceAccessError) -> String {
    let text: String?
    do throws(FileText.Problem) {
      text = try FileText.text(of: path, megabytes: 1)
    } catch {
      throw .noToken(reason: "\(path): \(error.reason)")
    }
    guard let text else { throw .noToken(reason: "\(path): there is no such file") }
    return text
  }
}

extension ServiceToken: Redacted {
  package var description: String { "a token" }
}
