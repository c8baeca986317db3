import HTTP
import KubernetesClient
import UserConfiguration
import YAMLReading

/// The token with which an endpoint is asked; it is read anew each time, kept nowhere and never
/// described.
struct InventoryToken: Sendable {
  /// Longer than any program may take that nobody watches.
  private static let timeLimit = Duration.seconds(30)

  private let source: InventorySource.Token?
  private let scheme: String
  private let environment: [String: String]

  init(_ source: InventorySource, environment: [String: String]) {
    self.source = source.token
    self.environment = environment
    scheme = source.tokenWord
  }

  /// The value of the header `Authorization`; `nil` where no token is configured.
  func authorization() async throws(InventoryError) -> String? {
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
    let token = text.trimmed
    guard !token.isEmpty else { throw .noToken(reason: "it is empty") }
    guard token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw .noToken(reason: "what was read has blanks or characters that no token has")
    }
    return "\(scheme) \(token)"
  }

  private static func text(of path: String) throws(InventoryError) -> String {
    do {
      guard let text = try FileText.text(of: path, megabytes: 1) else {
        throw InventoryError.noToken(reason: "\(path): there is no such file")
      }
      return text
    } catch let error as FileText.Problem {
      throw .noToken(reason: "\(path): \(error.reason)")
    } catch let error as InventoryError {
      throw error
    } catch {
      throw .noToken(reason: "\(path): \(error)")
    }
  }
}

extension InventoryToken: Redacted {
  var description: String { "a token" }
}
