import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct RequestTests {
  struct PathCase: CustomTestStringConvertible {
    let path: String
    let plural: String?
    var namespace: String?
    var name: String?
    var subresource: String?

    var testDescription: String { path }
  }

  @Test(
    "A path names a resource, a namespace, an object and a part of it",
    arguments: [
      PathCase(path: "/api/v1/pods", plural: "pods"),
      PathCase(path: "/api/v1/namespaces", plural: "namespaces"),
      PathCase(path: "/api/v1/namespaces/shop", plural: "namespaces", name: "shop"),
      PathCase(
        path: "/api/v1/namespaces/shop/finalize",
        plural: "namespaces",
        name: "shop",
        subresource: "finalize"
      ),
      PathCase(
        path: "/api/v1/namespaces/shop/status",
        plural: "namespaces",
        name: "shop",
        subresource: "status"
      ),
      PathCase(path: "/api/v1/namespaces/shop/pods", plural: "pods", namespace: "shop"),
      PathCase(
        path: "/api/v1/namespaces/shop/pods/a%2Eb/log",
        plural: "pods",
        namespace: "shop",
        name: "a.b",
        subresource: "log"
      ),
      PathCase(
        path: "/apis/apps/v1/namespaces/shop/deployments/web/scale",
        plural: "deployments",
        namespace: "shop",
        name: "web",
        subresource: "scale"
      ),
      PathCase(
        path: "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node",
        plural: "clusterroles",
        name: "system:node"
      ),
      PathCase(path: "/apis/apps/v1/pods", plural: nil),
      PathCase(path: "/apis/apps", plural: nil), PathCase(path: "/", plural: nil),
      PathCase(path: "/metrics/v1/pods", plural: nil),
      PathCase(path: "/api/v1/pods/a/b/c", plural: nil),
      PathCase(path: "/api/v1/namespaces/shop/nodes/a", plural: nil),
    ]
  )
  func paths(expected: PathCase) throws {
    let test = try TestServer(namespaces: [])
    let segments = APIRequest("GET", expected.path).segments
    let request = ResourceRequest(segments, in: Catalogue(registry: test.registry))
    #expect(request?.resource.plural == expected.plural)
    #expect(request?.namespace == expected.namespace)
    #expect(request?.name == expected.name)
    #expect(request?.subresource == expected.subresource)
  }

  @Test(
    "Switches of the query",
    arguments: [
      ("watch=true", true), ("watch=1", true), ("watch", true), ("watch=false", false),
      ("watch=0", false), ("other=true", false), ("", false),
    ]
  )
  func switches(text: String, isOn: Bool) {
    #expect(Query(text).isOn("watch") == isOn)
  }

  @Test func headersAreFoundInAnyCase() {
    let request = APIRequest("GET", "/a?limit=3&x=a%26b", headers: ["X-Thing": "1"])
    #expect(request.headers["x-thing"] == "1")
    #expect(request.query.integer("limit") == 3)
    #expect(request.query["x"] == "a&b")
    #expect(request.query.integer("x") == nil)
  }

  @Test(
    "What a client accepts decides the form",
    arguments: [
      (nil, .whole), ("*/*", .whole), ("application/json", .whole),
      ("text/html, application/json;q=0.9", .whole),
      ("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", .table(with: .metadata)),
      ("application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json", .whole),
      (
        "application/vnd.kubernetes.protobuf;as=Table, application/json;as=Table;v=v1",
        .table(with: .metadata)
      ),
      ("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", .metadataOnly),
      ("application/json;as=Poem,application/json", .whole),
    ] as [(String?, Presentation)]
  )
  func presentations(header: String?, expected: Presentation) throws {
    let headers = header.map { ["Accept": $0] } ?? [:]
    let request = APIRequest("GET", "/api/v1/pods", headers: headers)
    let representation = try Representation(for: request, of: .pods)
    #expect(representation.presentation == expected)
    #expect(!representation.isProtobuf)
  }

  @Test func bookmarksHaveTheFormOfTheWatch() throws {
    func bookmark(_ presentation: Presentation, _ resource: ServedResource) throws -> JSONValue {
      try JSONValue(
        parsing: presentation.bookmark(version: 7, endsInitialEvents: false, of: resource)
      )
    }
    #expect(try bookmark(.whole, .nodes)["kind"] == "Node")
    #expect(try bookmark(.whole, .pods)["spec"] == ["containers": .null])
    #expect(try bookmark(.metadataOnly, .nodes)["kind"] == "PartialObjectMetadata")
    #expect(try bookmark(.table(with: .metadata), .nodes)["rows"] == [])
    for presentation in [Presentation.whole, .metadataOnly, .table(with: .metadata)] {
      let version = try bookmark(presentation, .pods)[path: "metadata", "resourceVersion"]
      #expect(version == "7")
    }
  }

  @Test func membersOfBuiltInAndCustomKindsComeInTheirOrder() throws {
    let test = try TestServer()
    let definition = try test.registry.create(
      Sample.definition("gadgets", "Gadget"),
      in: .customResourceDefinitions
    )
    let gadgets = try #require(CustomDefinitions.resources(of: definition).first)
    func text(_ resource: ServedResource) -> String {
      let object = StoredObject(["metadata": ["name": "a"]], of: resource, version: 1)
      return String(decoding: Presentation.whole.bytes(of: object, as: resource), as: UTF8.self)
    }
    #expect(text(.pods).hasPrefix("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":"))
    #expect(
      text(gadgets).hasPrefix(
        "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Gadget\",\"metadata\":"
      )
    )
  }

  @Test func aReviewInProtobufIsAnsweredToo() async throws {
    let test = try TestServer()
    let answer = try await test.send(
      APIRequest(
        "POST",
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        headers: [
          "Authorization": "Bearer secret", "Content-Type": "application/vnd.kubernetes.protobuf",
        ],
        body: [0x6B, 0x38, 0x73, 0x00]
      )
    )
    #expect(answer.status == 201)
    #expect(try answer.json()[path: "status", "allowed"] == true)
  }

  @Test func optionsThatCannotBeReadAreNotIgnored() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    let path = "/api/v1/namespaces/shop/pods/one"
    let answer = try await test.send(
      APIRequest(
        "DELETE",
        path,
        headers: [
          "Authorization": "Bearer secret", "Content-Type": "application/vnd.kubernetes.protobuf",
        ],
        body: [0x6B, 0x38, 0x73, 0x00]
      )
    )
    #expect(answer.status == 415)
    #expect(try await test.send("GET", path).status == 200)
    let broken = APIRequest(
      "DELETE",
      path,
      headers: ["Authorization": "Bearer secret"],
      body: Array("{".utf8)
    )
    #expect(try await test.send(broken).status == 400)
  }

  @Test(
    "Methods and parts that are not served are refused",
    arguments: [
      ("POST", "/api/v1/namespaces/shop/pods/one", 405), ("PUT", "/api/v1/pods", 405),
      ("POST", "/apis", 405), ("GET", "/api/v1/namespaces/shop/pods/one/eviction", 404),
      ("DELETE", "/api/v1/namespaces/shop/pods/one/status", 405),
      ("POST", "/apis/apps/v1/namespaces/shop/deployments/web/scale", 405),
      ("GET", "/api/v1/namespaces/shop/configmaps/one/status", 404), ("GET", "/", 404),
    ]
  )
  func refusedMethods(method: String, path: String, status: Int) async throws {
    let test = try TestServer()
    #expect(try await test.send(method, path).status == status)
  }
}

@Suite struct DefaultTests {
  @Test func servicesGetAnAddress() throws {
    let test = try TestServer()
    let service = try test.registry.create(
      ["metadata": ["name": "web"], "spec": ["ports": [["port": 80]]]],
      in: .services,
      namespace: "shop"
    )
    let address = try #require(service.value[path: "spec", "clusterIP"]?.stringValue)
    #expect(address.hasPrefix("10.96."))
    #expect(service.value[path: "spec", "clusterIPs"] == [.string(address)])
    #expect(service.value[path: "spec", "type"] == "ClusterIP")
    let headless = try test.registry.create(
      ["metadata": ["name": "peers"], "spec": ["clusterIP": "None"]],
      in: .services,
      namespace: "shop"
    )
    #expect(headless.value[path: "spec", "clusterIP"] == "None")
  }

  @Test func volumesAndClaimsAreProtected() throws {
    let test = try TestServer()
    let volume = try test.registry.create(
      ["metadata": ["name": "v"], "spec": [:]],
      in: .persistentVolumes
    )
    #expect(volume.finalizers == ["kubernetes.io/pv-protection"])
    #expect(volume.value[path: "spec", "persistentVolumeReclaimPolicy"] == "Retain")
    let claim = try test.registry.create(
      ["metadata": ["name": "c"], "spec": [:]],
      in: .persistentVolumeClaims,
      namespace: "shop"
    )
    #expect(claim.finalizers == ["kubernetes.io/pvc-protection"])
    #expect(claim.value[path: "status", "phase"] == "Pending")
  }

  @Test func whatTheClientSaidStays() throws {
    let test = try TestServer()
    var pod = Sample.pod("one")
    pod[path: "spec", "restartPolicy"] = "Never"
    pod[path: "spec", "terminationGracePeriodSeconds"] = 5
    pod["status"] = ["phase": "Running"]
    let made = try test.registry.create(pod, in: .pods, namespace: "shop")
    #expect(made.value[path: "spec", "restartPolicy"] == "Never")
    #expect(made.value[path: "spec", "terminationGracePeriodSeconds"] == 5)
    // The status is the server's, whatever a client sends.
    #expect(made.value[path: "status", "phase"] == "Pending")
    let container = made.value[path: "spec", "containers"]?[0]
    #expect(container?["terminationMessagePath"] == "/dev/termination-log")
  }

  @Test func namespacesAreLabelledWithTheirName() throws {
    let test = try TestServer()
    let namespace = try #require(test.world.object(.namespaces, "", "shop"))
    #expect(namespace.labels["kubernetes.io/metadata.name"] == "shop")
    #expect(namespace.value[path: "status", "phase"] == "Active")
    #expect(namespace.value[path: "spec", "finalizers"] == ["kubernetes"])
  }

  @Test func definitionsAreEstablishedAtOnce() throws {
    let test = try TestServer()
    var sent = Sample.definition("gadgets", "Gadget")
    sent[path: "spec", "names", "listKind"] = nil
    sent[path: "spec", "names", "singular"] = nil
    let made = try test.registry.create(sent, in: .customResourceDefinitions)
    #expect(Conditions.status(of: "Established", in: made.value) == "True")
    #expect(made.value[path: "status", "storedVersions"] == ["v1"])
    #expect(made.value[path: "spec", "names", "listKind"] == "GadgetList")
    #expect(CustomDefinitions.resources(of: made).first?.singular == "gadget")
  }

  @Test func onlySomeKindsCountGenerations() {
    #expect(ServedResource.pods.hasGeneration)
    #expect(ServedResource.deployments.hasGeneration)
    #expect(!ServedResource.nodes.hasGeneration)
    #expect(!ServedResource.configMaps.hasGeneration)
    #expect(ServedResource("gadgets", "Gadget", group: "example.com", isCustom: true).hasGeneration)
  }

  @Test func conditionsRememberWhenTheyChanged() {
    var value: JSONValue = [:]
    Conditions.set(["type": "Ready", "status": "True"], in: &value, at: "1")
    Conditions.set(["type": "Ready", "status": "True", "reason": "Still"], in: &value, at: "2")
    #expect(value[path: "status", "conditions"]?[0]?["lastTransitionTime"] == "1")
    #expect(value[path: "status", "conditions"]?[0]?["reason"] == "Still")
    Conditions.set(["type": "Ready", "status": "False"], in: &value, at: "3")
    #expect(value[path: "status", "conditions"]?[0]?["lastTransitionTime"] == "3")
    #expect(value[path: "status", "conditions"]?.arrayValue?.count == 1)
  }

  @Test func aTemplatesHashDependsOnAllOfIt() {
    let one = DeploymentController.templateHash(["spec": ["a": 1]])
    #expect(one == DeploymentController.templateHash(["spec": ["a": 1]]))
    #expect(one != DeploymentController.templateHash(["spec": ["a": 2]]))
    #expect(one.count == 9)
  }

  @Test func timesAreWrittenAsTheServerWritesThem() throws {
    let date = try #require(SimulatedClock.date("2026-11-23T09:59:56Z"))
    #expect(SimulatedClock.timestamp(date) == "2026-11-23T09:59:56Z")
    #expect(SimulatedClock.microTimestamp(date) == "2026-11-23T09:59:56.000000Z")
    #expect(SimulatedClock.date(nil) == nil)
    #expect(SimulatedClock.date("yesterday") == nil)
    let steps = SimulatedClock.steps(from: date)
    #expect(steps.timestamp == "2026-11-23T09:59:57Z")
    #expect(steps.timestamp == "2026-11-23T09:59:58Z")
  }
}

@Suite struct SelectorTests {
  private func object(_ value: JSONValue, _ resource: ServedResource = .pods) -> StoredObject {
    StoredObject(value, of: resource, version: 1)
  }

  @Test(
    "Selectors of specs",
    arguments: [
      (["matchLabels": ["a": "1"]], true), (["matchLabels": ["a": "2"]], false),
      (["matchExpressions": [["key": "a", "operator": "In", "values": ["1", "2"]]]], true),
      (["matchExpressions": [["key": "a", "operator": "NotIn", "values": ["1"]]]], false),
      (["matchExpressions": [["key": "b", "operator": "NotIn", "values": ["1"]]]], true),
      (["matchExpressions": [["key": "a", "operator": "Exists"]]], true),
      (["matchExpressions": [["key": "a", "operator": "DoesNotExist"]]], false), ([:], true),
    ] as [(JSONValue, Bool)]
  )
  func specs(selector: JSONValue, matches: Bool) {
    #expect(LabelSelector(spec: selector).matches(["a": "1"]) == matches)
  }

  @Test(
    "Fields that kubectl selects by",
    arguments: [
      ("spec.unschedulable=false", true), ("spec.unschedulable=true", false),
      ("metadata.name=node-1", true), ("metadata.name==node-1,spec.unschedulable!=true", true),
    ]
  )
  func fieldsOfNodes(text: String, matches: Bool) throws {
    let node = object(["metadata": ["name": "node-1"]], .nodes)
    #expect(try FieldSelector(parsing: text, for: .nodes).matches(node) == matches)
  }

  @Test func eventsAreSelectedByWhatTheyAreAbout() throws {
    let event = object(
      [
        "metadata": ["name": "e", "namespace": "shop"],
        "involvedObject": ["kind": "Pod", "name": "one", "uid": "7"], "type": "Warning",
      ],
      .events
    )
    let text = "involvedObject.name=one,involvedObject.kind=Pod,involvedObject.uid=7,type=Warning"
    #expect(try FieldSelector(parsing: text, for: .events).matches(event))
    #expect(try !FieldSelector(parsing: "involvedObject.name=two", for: .events).matches(event))
  }

  @Test func aSelectionIsOfOneNamespace() throws {
    let selection = try Selection(Query(""), resource: .pods, namespace: "shop")
    #expect(selection.isEverything)
    #expect(selection.contains(object(["metadata": ["name": "a", "namespace": "shop"]])))
    #expect(!selection.contains(object(["metadata": ["name": "a", "namespace": "other"]])))
  }
}
