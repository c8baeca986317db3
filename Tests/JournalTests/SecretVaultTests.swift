import Foundation
import Healing
import TestServers
import Testing

@testable import Journal

/// The values of Secrets, as the journal keeps them.
@Suite struct SecretVaultTests {
  private let folder = try? TemporaryFolder()

  private var keyFile: String { (folder?.path ?? "") + "/kpatrol/journal.key" }
  private var vault: SecretVault { SecretVault(keyFile: keyFile) }

  @Test func whatIsSealedIsOpenedByWhoHasTheKey() throws {
    let sealed = try vault.seal(Array("hunter2".utf8), as: "backup of Secret shop/db")
    #expect(!sealed.contains("hunter2"))
    let again = try vault.seal(Array("hunter2".utf8), as: "backup of Secret shop/db")
    #expect(sealed != again, "Nobody sees that two are alike.")
    let opened = try SecretVault(keyFile: keyFile).open(sealed, as: "backup of Secret shop/db")
    #expect(String(decoding: opened, as: UTF8.self) == "hunter2")
  }

  @Test func theKeyIsTheUsersAlone() throws {
    _ = try vault.seal([1], as: "")
    let attributes = try FileManager.default.attributesOfItem(atPath: keyFile)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: keyFile)
    let failure = #expect(throws: JournalFailure.self) { try vault.seal([1], as: "") }
    #expect(failure?.reason.contains("others may read it") == true)
  }

  @Test func aSealHoldsForItsLabelAloneAndShowsWhatWasChanged() throws {
    let sealed = try vault.seal([1, 2, 3], as: "backup of Secret shop/db")
    #expect(throws: JournalFailure.self) {
      try vault.open(sealed, as: "backup of Secret shop/other")
    }
    var bytes = try #require(Data(base64Encoded: sealed))
    bytes[bytes.count - 1] ^= 1
    let changed = bytes.base64EncodedString()
    #expect(throws: JournalFailure.self) { try vault.open(changed, as: "backup of Secret shop/db") }
  }

  @Test func anotherKeyOrNoneOpensNothing() throws {
    let sealed = try vault.seal([1, 2, 3], as: "")
    try FileManager.default.removeItem(atPath: keyFile)
    let lost = #expect(throws: JournalFailure.self) { try vault.open(sealed, as: "") }
    #expect(lost?.reason.contains(keyFile) == true)
    #expect(!FileManager.default.fileExists(atPath: keyFile), "Whoever reads makes no key.")
    _ = try vault.seal([4], as: "")
    let other = #expect(throws: JournalFailure.self) { try vault.open(sealed, as: "") }
    #expect(other?.reason.contains("is not the key") == true)
  }

  @Test(arguments: ["", "short", "aGVsbG8=", "not base64 at all, and long enough to be a key"])
  func whatIsNoKeyIsNotTaken(text: String) throws {
    let path = try #require(folder).write("journal.key", text)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let failure = #expect(throws: JournalFailure.self) {
      try SecretVault(keyFile: path).seal([1], as: "")
    }
    #expect(failure?.reason.contains("it is no key") == true)
  }

  @Test func programsThatMakeTheKeyAtOnceHaveTheSame() async throws {
    let keyFile = keyFile
    let sealed = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask { try SecretVault(keyFile: keyFile).seal([7], as: "") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for text in sealed { #expect(try vault.open(text, as: "") == [7]) }
  }
}
