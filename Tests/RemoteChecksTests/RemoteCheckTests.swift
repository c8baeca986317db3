import CloudEvents
import KubernetesObjects
import Testing
import UserConfiguration
import WireFormats

@testable import RemoteChecks

/// What a configuration says of a check, and what a service is told of objects.
@Suite struct RemoteCheckTests {
  private static func map(_ name: String, in namespace: String = "shop") -> ConfigMap {
    var map = ConfigMap(metadata: ObjectMetadata())
    (map.metadata.namespace, map.metadata.name) = (namespace, name)
    map.metadata.uid = ObjectUID("u-1")
    return map
  }

  private static func fields(_ mode: String) -> ProjectedFields {
    let data = ProjectedFields([
      .init(name: "mode", value: .string(mode)), .init(name: "other", value: .integer(1)),
    ])
    return ProjectedFields([.init(name: "data", value: .object(data))])
  }

  @Test(
    "Mistakes are told with their places",
    arguments: [
      ("ConfigMop", "*", "true", "did you mean ConfigMap?"),
      ("configmap", "*", "true", "is not a kind"),
      ("ConfigMap", "[", "true", "is not a name or glob"),
      ("ConfigMap", "*", "object.data.mode = 'off'", "1:"),
      ("ConfigMap", "*", "objct.data", "did you mean object?"),
      ("ConfigMap", "*", "1 + 1", "bool"),
    ]
  )
  func mistakes(kind: String, namespace: String, condition: String, problem: String) throws {
    let settings = RemoteCheckSettings.sample(kinds: [kind]) { settings in
      settings.namespaces = [.sample(namespace)]
      settings.condition = .sample(condition)
    }
    do throws(ConfigurationError) {
      _ = try RemoteCheck(settings)
      #expect(Bool(false), "It has a mistake.")
    } catch {
      #expect("\(error)".hasPrefix("f.yaml:1:1: remoteChecks[0]: "))
      #expect("\(error)".contains(problem), "\(error)")
    }
  }

  @Test func onlyWhatIsAskedForIsSent() throws {
    let check = try RemoteCheck(
      .sample(fields: ["data.mode"]) { $0.condition = .sample("object.data.other == 1") }
    )
    #expect(check.extended?.projection.fieldNames == ["data.mode", "data.other"])
    let object = check.view(of: Self.map("a"), apiVersion: "v1", fields: Self.fields("off"))
    let event = try #require(object).event(
      version: "9",
      in: "prod/eu",
      at: Timestamp(millisecondsSince1970: 0)
    )
    #expect(event.id == "u-1.9" && event.source == "/kpatrol/clusters/prod%2Feu")
    #expect(event.type == "io.kpatrol.object.changed" && event.subject == "ConfigMap/shop/a")
    #expect(event.extensions == ["cluster": "prod/eu", "kind": "ConfigMap"])
    let expected: JSONValue = [
      "change": "upserted",
      "object": [
        "apiVersion": "v1", "kind": "ConfigMap", "data": ["mode": "off"],
        "metadata": ["name": "a", "namespace": "shop", "uid": "u-1", "resourceVersion": "9"],
      ],
    ]
    #expect(event.data == .json(expected))
  }

  @Test func objectsThatAreNotMeantAreNotSent() throws {
    let check = try RemoteCheck(
      .sample { settings in
        settings.namespaces = [.sample("shop*"), .sample("!shop-test")]
        settings.labels = ["app": "cart"]
        settings.condition = .sample("object.data.mode == 'off'")
      }
    )
    func isSent(_ map: ConfigMap, _ fields: ProjectedFields?) -> Bool {
      check.view(of: map, apiVersion: "v1", fields: fields) != nil
    }
    var map = Self.map("a")
    #expect(!isSent(map, Self.fields("off")), "It has not the label.")
    map.metadata.labels = Labels(["app": "cart"])
    #expect(isSent(map, Self.fields("off")))
    #expect(!isSent(map, Self.fields("on")))
    #expect(!isSent(map, ProjectedFields()), "Where it cannot be worked out, it does not hold.")
    #expect(!isSent(map, nil), "What is to be kept of it is yet to come.")
    map.metadata.namespace = "shop-test"
    #expect(!isSent(map, Self.fields("off")))
    let secret = Secret(metadata: map.metadata)
    #expect(check.view(of: secret, apiVersion: "v1", fields: Self.fields("off")) == nil)
  }

  @Test func theVersionAloneIsNoNews() throws {
    let check = try RemoteCheck(.sample(fields: ["data.mode"]))
    func digest(_ fields: ProjectedFields) -> Int? {
      check.view(of: Self.map("a"), apiVersion: "v1", fields: fields)?.digest
    }
    #expect(digest(Self.fields("off")) == digest(Self.fields("off")))
    #expect(digest(Self.fields("off")) != digest(Self.fields("on")))
  }

  @Test func whatNamesAnObjectNeedsNothingToBeKept() throws {
    let check = try RemoteCheck(.sample())
    #expect(check.extended == nil)
    #expect(check.view(of: Self.map("a"), apiVersion: "v1", fields: nil) != nil)
  }
}
