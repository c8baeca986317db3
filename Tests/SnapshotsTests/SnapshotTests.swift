import Foundation
import KubernetesObjects
import TestServers
import Testing

@testable import Snapshots

@Suite(.fewAtOnce) struct SnapshotTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "kpatrol-snapshot-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func snapshot(_ files: [String: String]) throws -> Snapshot {
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
    return try Snapshot(at: folder.path)
  }

  private func names(_ snapshot: Snapshot, _ kind: ObjectKind) -> [String] {
    (snapshot.objects[kind] ?? []).map(\.record.key.qualifiedName).sorted()
  }

  @Test func aListOfKubectlAndManifestsAreReadAlike() throws {
    let snapshot = try snapshot([
      "all.yaml": """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: shop, creationTimestamp: "2026-11-20T10:00:00Z"}
        spec: {nodeName: node-1}
      - apiVersion: v1
        kind: Node
        metadata: {name: node-1}
      """,
      "more/manifest.yml": """
      # Two documents.
      apiVersion: v1
      kind: Pod
      metadata: {name: b}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: c, namespace: shop}
      """,
      "dump.json": #"{"kind":"PodList","apiVersion":"v1","items":"#
        + #"[{"metadata":{"name":"d","namespace":"x"}}]}"#,
      "notes.txt": "kind: Pod",
    ])
    #expect(snapshot.problems == [])
    #expect(names(snapshot, Pod.kind) == ["default/b", "shop/a", "x/d"])
    #expect(names(snapshot, Node.kind) == ["node-1"])
    #expect(names(snapshot, Deployment.kind) == ["shop/c"])
    #expect(snapshot.time == Timestamp(rfc3339: "2026-11-20T10:00:00Z"))
    let pod = try #require(snapshot.objects[Pod.kind]?.first { $0.record.key.name == "a" })
    #expect((pod.record as? Pod)?.nodeName == "node-1")
  }

  @Test func whatCannotBeReadIsToldWithItsLineAndTakesNothingWithIt() throws {
    let snapshot = try snapshot([
      "a.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: good}
      ---
      apiVersion: v1
      kind: [unclosed
      ---
      just: a map
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: wrong}
      status: {phase: {}}
      """
    ])
    #expect(names(snapshot, Pod.kind).contains("default/good"))
    let path = folder.path + "/a.yaml"
    #expect(snapshot.problems.map(\.path).allSatisfy { $0 == path })
    #expect(snapshot.problems.map(\.line).sorted().prefix(2) == [6, 8])
  }

  @Test func documentsOfJSONMayFollowOneAnother() throws {
    let snapshot = try snapshot([
      "dump.json": """
      {
          "kind": "NodeList",
          "apiVersion": "v1",
          "items": [
              {"metadata": {"name": "node-1"}}
          ]
      }
      ==== START logs for container a of pod shop/b ====
      {"level":"info","msg":"hello"}
      ==== END logs for container a of pod shop/b ====
      {
          "kind": "PodList",
          "apiVersion": "v1",
          "items": [
              {"metadata": {"name": "a", "namespace": "shop"}}
          ]
      }
      """
    ])
    #expect(names(snapshot, Node.kind) == ["node-1"])
    #expect(names(snapshot, Pod.kind) == ["shop/a"])
    #expect(snapshot.problems == [])
  }

  @Test(
    "What looks like JSON may be YAML",
    arguments: [
      "{apiVersion: v1, kind: Pod, metadata: {name: a}}",
      """
      {
        # Comments and trailing commas are YAML.
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a",},
      }
      """,
      "[{apiVersion: v1, kind: Pod, metadata: {name: a}},]",
      "{\r\n apiVersion: v1, kind: Pod,\r\n metadata: {name: a}}\r\n",
    ]
  )
  func flowMappings(text: String) throws {
    let snapshot = try snapshot(["a.json": text])
    #expect(snapshot.problems == [])
    #expect(names(snapshot, Pod.kind) == ["default/a"])
  }

  @Test("Documents that dashes part may each be JSON or YAML", arguments: ["\n", "\r\n"])
  func mixedDocuments(lineEnd: String) throws {
    let lines = [
      #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"x": "\ud83d\ude00"}}}"#,
      "---",
      "apiVersion: v1", "kind: Pod", "metadata: {name: b}",
      "---",
      "{apiVersion: v1, kind: Pod, metadata: {name: c}}",
      "---",
      "{apiVersion: v1, kind: Pod, metadata: {name: d}",
    ]
    let snapshot = try snapshot(["a.yaml": lines.joined(separator: lineEnd)])
    #expect(names(snapshot, Pod.kind) == ["default/a", "default/b", "default/c"])
    #expect(snapshot.problems.map(\.line) == [9])
  }

  @Test(
    "What is wrong with a file of JSON is told of the file, with its line",
    arguments: [
      ("{\n  \"kind\": \"Pod\",\n  \"metadata\": {\n", 4, "it ends too early: is the file whole?"),
      ("{\n  \"kind\": \"Pod\"\n  \"metadata\": {}\n}\n", 3, #"expected "," or "}""#),
      ("{\n  \"kind\": 1e999999,\n  x: ]\n}\n", 3, "did not find expected"),
      ("{\n  \"kind\": \"\u{fffd}\\q\"\n}\n", 2, "a string has an invalid escape sequence"),
    ]
  )
  func brokenJSON(text: String, line: Int, reason: String) throws {
    let snapshot = try snapshot(["a.json": text])
    #expect(snapshot.problems.map(\.line) == [line])
    let told = try #require(snapshot.problems.first).reason
    #expect(told.contains(reason) && !told.contains("proxy") && !told.contains("server"))
  }

  @Test func compressedFilesAreUnpacked() throws {
    // What gzip makes of a Node called "packed".
    let packed =
      "H4sIAAAAAAAC/0ssyAxLLSrOzM+zUigz5MrOzEuxUvDLT0nlyk0tSUxJLEm0UqjOS8xNtVIoSEzOTk2p5QIAVQPYMjMAAAA="
    let bytes = try #require(Data(base64Encoded: packed))
    try bytes.write(to: folder.appending(path: "node.yaml.gz"))
    let snapshot = try Snapshot(at: folder.appending(path: "node.yaml.gz").path)
    #expect(names(snapshot, Node.kind) == ["packed"])
    try bytes.dropLast(12).write(to: folder.appending(path: "node.yaml.gz"))
    #expect(throws: SnapshotError.self) {
      try Snapshot(at: folder.appending(path: "node.yaml.gz").path)
    }
  }

  @Test func definitionsTellHowTheirKindsAreCalled() throws {
    let snapshot = try snapshot([
      "a.yaml": """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: oxen.example.com}
      spec:
        group: example.com
        scope: Cluster
        names: {kind: Ox, plural: oxen}
      ---
      apiVersion: example.com/v1
      kind: Ox
      metadata: {name: one}
      """
    ])
    let ox = ObjectKind("Ox", group: "example.com")
    #expect(names(snapshot, ox) == ["one"])
    #expect(snapshot.resources.first { $0.kind == ox }?.plural == "oxen")
    #expect(snapshot.resources.first { $0.kind == ox }?.isNamespaced == false)
  }

  @Test func whatIsNotOfItsTypeIsToldByItsField() throws {
    let snapshot = try snapshot([
      "a.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: a, namespace: shop, labels: {revision: 7}}
      """
    ])
    #expect(snapshot.problems.map(\.reason) == ["Pod a: revision: expected a string"])
    #expect(snapshot.problems.map(\.line) == [1])
  }

  @Test func theOldestAPIServersImageTellsTheVersion() throws {
    let server = { (node: Int, version: String) in
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kube-apiserver-\(node)
        namespace: kube-system
        labels: {component: kube-apiserver}
      spec:
        containers:
        - {name: kube-apiserver, image: "registry.example.com:5000/kube-apiserver:\(version)"}
      """
    }
    let snapshot = try snapshot([
      "a.yaml": server(1, "v1.10.2"), "b.yaml": server(2, "v1.9.7"), "c.yaml": server(3, "latest"),
    ])
    #expect(snapshot.serverVersion == "v1.9.7")
  }

  @Test func aKindThatIsDefinedIsServedThoughThereIsNoObjectOfIt() throws {
    let snapshot = try snapshot([
      "a.yaml": """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: oxen.example.com}
      spec:
        group: example.com
        names: {kind: Ox, plural: oxen}
        versions: [{name: v1alpha1}]
      """
    ])
    let ox = snapshot.resources.first { $0.kind.name == "Ox" }
    #expect(ox?.apiVersion == "example.com/v1alpha1" && ox?.isNamespaced == true)
  }

  @Test func nothingToReadIsAnError() throws {
    #expect(throws: SnapshotError.self) { try Snapshot(at: folder.path) }
    #expect(throws: SnapshotError.self) { try Snapshot(at: folder.path + "/absent") }
    #expect(throws: SnapshotError.self) { try self.snapshot(["empty.yaml": "# nothing\n"]) }
  }
}
