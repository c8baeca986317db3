import Crypto
import Foundation

/// Who may ask the agent: the tokens of a file, as kube-apiserver's `--token-auth-file` has them.
///
/// Kept are their hashes alone, which are compared in a time that does not depend on what was guessed.
package struct AccessTokens: RequestAuthority {
  package struct Mistake: Error, CustomStringConvertible {
    package let description: String
  }

  private let users: [(digest: SHA256.Digest, user: String)]

  /// Reads lines of `token,user`; empty lines and those that begin with `#` say nothing.
  package init(file path: String) throws(Mistake) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Mistake(
        description: "\(path) cannot be read: it must be a file with lines of token,user."
      )
    }
    var users: [(SHA256.Digest, String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count >= 2, fields[0].utf8.count >= 16, !fields[1].isEmpty else {
        throw Mistake(
          description:
            "\(path):\(index + 1): it must be token,user, with at least 16 characters of token."
        )
      }
      users.append((SHA256.hash(data: Data(fields[0].utf8)), String(fields[1])))
    }
    guard !users.isEmpty else { throw Mistake(description: "\(path) has no token.") }
    self.users = users
  }

  /// Whoever is known may do everything.
  package func verdict(on question: RequestQuestion) -> RequestVerdict {
    question.token.flatMap(user).map { .allowed(user: $0) } ?? .unknown
  }

  /// Whose token it is; `nil` where it is none that is known.
  func user(ofToken token: String) -> String? {
    let digest = SHA256.hash(data: Data(token.utf8))
    var found: String?
    for (known, user) in users where known == digest { found = user }
    return found
  }
}
