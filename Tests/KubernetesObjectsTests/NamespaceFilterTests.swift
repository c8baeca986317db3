import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

/// Objects of namespaces that are not wanted are not read.
@Suite struct NamespaceFilterTests {
  private let decoder = ObjectDecoder(of: { $0 == "shop" })

  private func pod(_ name: String, in namespace: String) -> String {
    #"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"\#(name)","namespace":"\#(namespace)","#
      + #""labels":{"namespace":"shop"},"resourceVersion":"7"},"spec":{"nodeName":"node-1"}}"#
  }

  @Test func aListHasTheOthersOnly() throws {
    let items = [pod("a", in: "shop"), pod("b", in: "other"), pod("c", in: "shop")]
    let text = #"{"metadata":{"resourceVersion":"9"},"items":[\#(items.joined(separator: ","))]}"#
    var list = ListDecoder(of: .pods, encoding: .json, decoder: decoder)
    // In pieces, of which some end within what is skipped.
    var names: [String] = []
    for byte in text.utf8 { names += try list.append([byte]).map(\.record.metadata.name) }
    names += try list.finish().map(\.record.metadata.name)
    #expect(names == ["a", "c"])
    #expect(list.metadata.resourceVersion == "9")
  }

  @Test func aListInProtobufHasTheOthersOnly() throws {
    let body = try RecordedExchange("201").body
    func keys(_ decoder: ObjectDecoder) throws -> [ObjectKey] {
      var list = ListDecoder(of: .pods, encoding: .protobuf, decoder: decoder)
      return (try list.append(Array(body)) + list.finish()).map(\.record.key)
    }
    let all = try keys(ObjectDecoder())
    let namespace = try #require(all.first?.namespace)
    let wanted = all.filter { $0.namespace != namespace }
    #expect(!wanted.isEmpty && wanted.count < all.count)
    #expect(try keys(ObjectDecoder(of: { $0 != namespace })) == wanted)
  }

  @Test(arguments: ["ADDED", "MODIFIED", "DELETED"])
  func aWatchTellsOfThemHowFarItIs(type: String) throws {
    for (namespace, isWanted) in [("shop", true), ("other", false)] {
      let text = #"{"type":"\#(type)","object":\#(pod("a", in: namespace))}"#
      var pool = SharingPool()
      let event = try WatchEvent(
        decoding: Array(text.utf8).span.bytes,
        of: .pods,
        decoder: decoder,
        sharing: &pool
      )
      if case .elsewhere(let version) = event {
        #expect(!isWanted)
        #expect(version == "7")
      } else {
        #expect(isWanted)
      }
    }
  }

  @Test func whatIsInNoNamespaceIsAlwaysRead() throws {
    let text =
      #"{"type":"ADDED","object":{"metadata":{"name":"node-1","resourceVersion":"3"}}}"#
    var pool = SharingPool()
    let event = try WatchEvent(
      decoding: Array(text.utf8).span.bytes,
      of: .nodes,
      decoder: ObjectDecoder(of: { _ in false }),
      sharing: &pool
    )
    guard case .added(let node) = event else {
      Issue.record("A Node is in no namespace.")
      return
    }
    #expect(node.record.metadata.name == "node-1")
  }
}
