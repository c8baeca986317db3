import HTTP
import KubernetesClient
import TestServers
import Testing

@Suite(.fewAtOnce) struct ServiceAccountTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("account/token", "t")
    try folder.write("account/ca.crt", "CA")
    try folder.write("account/namespace", "shop\n")
  }

  private func load(_ environment: [String: String]) throws -> Kubeconfig {
    try Kubeconfig.load(
      explicitPath: nil,
      environment: environment.merging(["HOME": folder.path]) { $1 },
      serviceAccountFolder: folder.path + "/account"
    )
  }

  private static let inPod = [
    "KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443",
  ]

  @Test func aPodUsesItsOwnAccount() throws {
    let config = try load(Self.inPod)
    #expect(config.contextNames == ["in-cluster"])
    let connection = try config.connection(to: nil)
    #expect(connection.server == "https://10.96.0.1:443")
    #expect(connection.namespace == "shop")
    #expect(connection.tls.certificateAuthority == Array("CA".utf8))
    #expect(connection.credential == .tokenFile(folder.path + "/account/token"))
  }

  @Test func itsClusterMayBeCalledOtherwise() throws {
    let config = try load(Self.inPod)
    let own = try #require(config.connections(to: ["in-cluster"]).first)
    #expect(own.isOwnCluster)
    let named = own.callingOwnCluster("prod-1")
    #expect(named.contextName == "prod-1")
    #expect(try named.connection.get().contextName == "prod-1")
    #expect(try named.connection.get().server == "https://10.96.0.1:443")
    #expect(own.callingOwnCluster(nil).contextName == "in-cluster")
    // Others have the names that a kubeconfig gives them.
    let other = ContextConnection(contextName: "mine", connection: named.connection)
    #expect(other.callingOwnCluster("prod-1").contextName == "mine")
  }

  @Test func anAddressOfIPv6IsPutInBrackets() throws {
    let environment = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"]
    #expect(try load(environment).connection(to: "in-cluster").server == "https://[fd00::1]:443")
  }

  @Test func aKubeconfigWins() throws {
    try folder.write(".kube/config", "current-context: mine")
    #expect(try load(Self.inPod).currentContext == "mine")
  }

  @Test func aKubeconfigThatSaysNothingIsNone() throws {
    try folder.write(".kube/config", "apiVersion: v1\nkind: Config\nclusters: []\n")
    #expect(try load(Self.inPod).contextNames == ["in-cluster"])
    #expect(try load([:]).contextNames.isEmpty)
  }

  @Test func colonsAloneNameNoFile() throws {
    try folder.write(".kube/config", "current-context: mine")
    let environment = Self.inPod.merging(["KUBECONFIG": ":"]) { $1 }
    #expect(try load(environment).contextNames == ["in-cluster"])
    let error = #expect(throws: KubeconfigError.none(searched: [])) {
      try load(["KUBECONFIG": ":"])
    }
    #expect(error?.description.hasPrefix("No kubeconfig: KUBECONFIG names no file.") == true)
  }

  @Test func thePodMayNameItsNamespace() throws {
    let environment = Self.inPod.merging(["POD_NAMESPACE": "bank"]) { $1 }
    #expect(try load(environment).connection(to: nil).namespace == "bank")
  }

  @Test func outsideOfPodsThereIsNone() throws {
    #expect(throws: KubeconfigError.none(searched: [folder.path + "/.kube/config"])) {
      try load([:])
    }
  }

  @Test func anAccountWithoutAuthorityIsTold() throws {
    let other = try TemporaryFolder()
    try other.write("token", "t")
    let config = try Kubeconfig.load(
      explicitPath: nil,
      environment: Self.inPod,
      serviceAccountFolder: other.path
    )
    let error = #expect(throws: KubeconfigError.self) { try config.connection(to: nil) }
    #expect(
      error?.description
        == "The service account of this Pod cannot be used: \(other.path)/ca.crt: cannot be read."
    )
  }
}
