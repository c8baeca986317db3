import Testing

@testable import ClusterGraph

@Suite struct VersionStoreTests {
  @Test(arguments: [
    "", "0", "1", "1034857", "999999999999999999", "9999999999999999999", "18446744073709551615",
    "18446744073709551614", "007", "+7", "-1", " 7", "7a", "opaque-version", "٣",
  ])
  func whateverIsStoredComesBack(version: String) {
    var store = VersionStore()
    store.append()
    store.append()
    store[0] = "text"
    store[1] = version
    #expect(store[0] == "text")
    #expect(store[1] == version)
    store[0] = version
    store[1] = "12"
    #expect(store[0] == version)
    #expect(store[1] == "12")
  }
}
