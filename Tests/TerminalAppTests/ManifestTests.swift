import Foundation
import Testing
import WireFormats
import YAMLReading

@testable import TerminalApp

/// What becomes of an object in an editor.
@Suite struct ManifestTests {
  private static let cart: JSONValue = [
    "apiVersion": "apps/v1", "kind": "Deployment",
    "metadata": [
      "name": "cart", "resourceVersion": "7", "managedFields": [["manager": "kubectl"]],
      "labels": ["app": "cart", "a.b/c": "x"],
    ],
    "spec": ["replicas": 3, "template": ["containers": [["name": "main", "image": "cart:1"]]]],
    "status": ["readyReplicas": 3],
  ]

  @Test func whatIsWrittenIsTheManifestBeneathWhatIsSaid() throws {
    let object = ManifestText.editable(Self.cart)
    let file = ManifestText.file(ManifestText.yaml(object), saying: ["It is\nbroken\r: x"])
    #expect(file.hasPrefix("#| It is broken : x\n#| Change what you like"))
    #expect(!file.contains("managedFields") && !file.contains("status"))
    #expect(ManifestText.manifest(of: file) == ManifestText.yaml(object))
    #expect(try ManifestText.object(ManifestText.manifest(of: file)) == object)
  }

  @Test("Nothing is no manifest", arguments: ["", "\n\n", "  # a note\n", "# x\n\n#y"])
  func empty(text: String) throws { #expect(try ManifestText.object(text) == nil) }

  @Test func mistakesAreToldWithTheLineInTheFile() {
    let manifest = "kind: X\nspec: [a\nb: c\n"
    let problem = #expect(throws: YAMLProblem.self) { try ManifestText.object(manifest) }
    guard let problem else { return }
    let complaint = ManifestText.complaint(about: problem, below: 1)
    // Of the file's lines the first three are ours.
    #expect(complaint.hasPrefix("Line 6, column 2: "), "\(complaint)")
    let scalar = #expect(throws: YAMLProblem.self) { try ManifestText.object("just text") }
    #expect(
      scalar.map { ManifestText.complaint(about: $0, below: 1) }?.hasPrefix("This is no manifest")
        == true
    )
  }

  @Test func whatOthersChangedMeanwhileStays() {
    var mine = Self.cart
    mine[path: "spec", "replicas"] = 5
    mine[path: "metadata", "labels", "a.b/c"] = nil
    mine[path: "metadata", "annotations", "note"] = "mine"
    var theirs = Self.cart
    theirs[path: "spec", "paused"] = true
    theirs[path: "metadata", "resourceVersion"] = "9"
    theirs[path: "metadata", "generation"] = 2
    theirs[path: "status", "readyReplicas"] = 2
    let change = ManifestChange(from: Self.cart, to: mine)
    let others = ManifestChange(from: Self.cart, to: theirs).withoutUpkeep
    #expect(others.fields.map(\.description) == ["spec.paused: nothing → true"])
    #expect(change.overlap(with: others).isEmpty)
    let both = change.applied(to: theirs)
    #expect(both[path: "spec", "replicas"] == 5 && both[path: "spec", "paused"] == true)
    #expect(both[path: "metadata", "labels"] == ["app": "cart"])
    #expect(both[path: "metadata", "annotations", "note"] == "mine")
    #expect(both[path: "metadata", "resourceVersion"] == "9")
    #expect(change.applied(to: Self.cart) == mine)
  }

  @Test func whatBothChangedIsFound() {
    var mine = Self.cart
    mine[path: "spec", "replicas"] = 5
    var theirs = Self.cart
    theirs[path: "spec", "replicas"] = 1
    theirs[path: "metadata", "labels", "app"] = "basket"
    let change = ManifestChange(from: Self.cart, to: mine)
    let others = ManifestChange(from: Self.cart, to: theirs)
    #expect(change.overlap(with: others).map(\.description) == ["spec.replicas: 3 → 1"])
    // Whoever removes a map meets whoever changed something in it.
    var without = Self.cart
    without[path: "metadata", "labels"] = nil
    let removal = ManifestChange(from: Self.cart, to: without)
    #expect(removal.overlap(with: others).map(\.name) == ["metadata.labels.app"])
  }

  @Test func theFileIsTheUsersAloneAndGoesWithItsFolder() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let file = try EditedFile(named: "Pod-../../\u{1b}x", in: folder)
    try file.write("a: b\n")
    #expect(file.path.hasSuffix("/Pod--------x.yaml"), "\(file.path)")
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let around = (file.path as NSString).deletingLastPathComponent
    let ofFolder = try FileManager.default.attributesOfItem(atPath: around)
    #expect(ofFolder[.posixPermissions] as? Int == 0o700)
    #expect(file.read() == "a: b\n")
    file.remove()
    #expect(!FileManager.default.fileExists(atPath: around))
  }
}
