import Crypto
import Foundation
package import Healing
import LocalState

/// Seals the values of Secrets with AES-256-GCM; its key is in a file that only the user may read.
package struct SecretVault: SecretSealing {
  /// The file of the key, which is made when it is first needed.
  package let place: String

  package init(keyFile: String) { place = keyFile }

  package func seal(_ bytes: [UInt8], as label: String) throws(JournalFailure) -> String {
    let key = try key(makingOne: true)
    // Only with a nonce of another length there is no such form.
    guard let box = try? AES.GCM.seal(bytes, using: key, authenticating: Array(label.utf8)),
      let combined = box.combined
    else { throw JournalFailure("Nothing can be encrypted with \(place).") }
    return combined.base64EncodedString()
  }

  package func open(_ sealed: String, as label: String) throws(JournalFailure) -> [UInt8] {
    let key = try key(makingOne: false)
    guard let combined = Data(base64Encoded: sealed),
      let box = try? AES.GCM.SealedBox(combined: combined),
      let bytes = try? AES.GCM.open(box, using: key, authenticating: Array(label.utf8))
    else { throw JournalFailure("\(place) is not the key with which it was encrypted.") }
    return Array(bytes)
  }

  private static let keyLength = 32

  private func key(makingOne: Bool) throws(JournalFailure) -> SymmetricKey {
    do throws(StateProblem) {
      if makingOne {
        let new = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        try PrivateFile.makeOnce(new.base64EncodedString() + "\n", at: place)
      }
      let text = try PrivateFile.read(place)
      let lines = text.split(separator: "\n")
      guard lines.count == 1, let bytes = Data(base64Encoded: String(lines[0])),
        bytes.count == Self.keyLength
      else { throw StateProblem(path: place, reason: "it is no key: 32 bytes in base64") }
      return SymmetricKey(data: bytes)
    } catch {
      throw JournalFailure("\(error).")
    }
  }
}
