import ObjectBuilders
import Testing

@testable import KubernetesObjects

@Suite struct SharingTests {
  /// Where the elements of an array stand.
  private func storage(of owners: [OwnerReference]) -> UnsafeRawPointer? {
    owners.withUnsafeBytes(\.baseAddress)
  }

  private func owners(_ name: String) -> [OwnerReference] {
    [OwnerReference(kind: ObjectKind("ReplicaSet", group: "apps"), name: name, uid: "u")]
  }

  @Test func equalOwnersShareTheirStorage() {
    var pool = SharingPool()
    var first = owners("cart")
    var second = owners("cart")
    #expect(storage(of: first) != storage(of: second))
    pool.share(&first)
    pool.share(&second)
    #expect(storage(of: first) == storage(of: second))
  }

  @Test func sharingChangesNoValue() {
    var pool = SharingPool()
    for number in 0..<20_000 {
      let name = "a-name-of-more-than-fifteen-bytes-\(number % 7_000)"
      var text = name
      pool.share(&text)
      #expect(text == name)
    }
  }

  @Test(arguments: [
    "be814031-0cb0-4d64-bbdd-dd24f3187683", "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-0cb0-4d64-bbdd-dd24f3187683", "be8140310-cb0-4d64-bbdd-dd24f3187683", "", "u",
    "be814031-0cb0-4d64-bbdd-dd24f318768g",
  ])
  func aUIDIsWrittenAsItWasRead(text: String) {
    #expect(ObjectUID(text).description == text)
    #expect(ObjectUID(text) == ObjectUID(String(text.reversed().reversed())))
    #expect(ObjectUID(text) != ObjectUID(text + "0"))
    #expect(ObjectUID(text).isEmpty == text.isEmpty)
  }
}
