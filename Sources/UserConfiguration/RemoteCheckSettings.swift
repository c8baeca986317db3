package import NameMatching
package import YAMLReading

/// A service of a team that is told of changes, and answers with findings.
package struct RemoteCheckSettings: Sendable, Equatable {
  /// How events are sent; a service that knows no batches is sent one at a time.
  package enum Mode: String, Sendable, CaseIterable {
    case batch, binary, structured
  }

  /// A text whose meaning others work out, and where it stands.
  package struct Text: Sendable, Equatable {
    package let text: String
    package let place: FieldPlace

    package init(_ text: String, at place: FieldPlace) {
      self.text = text
      self.place = place
    }
  }

  package var name: String
  package var url: String
  /// The kinds of the objects, as in `Deployment.apps`.
  package var kinds: [Text]
  /// The clusters whose objects it is told of.
  package var contexts: [NamePattern] = ["*"]
  /// The namespaces of the objects, of which those that begin with `!` exclude.
  package var namespaces: [Text] = []
  /// Labels that the objects have.
  package var labels: [String: String] = [:]
  /// What has to hold for the object, in CEL.
  package var condition: Text?
  /// What is sent of an object besides what names it.
  package var fields: [RecordPath] = []
  package var mode = Mode.batch
  /// How many events one request holds at most.
  package var batchSize = 50
  /// How many requests are under way at once, for each cluster.
  package var concurrency = 2
  /// How long one answer may take.
  package var timeout = Duration.seconds(10)
  /// How long the service may fail before what it found is unknown.
  package var patience = Duration.seconds(60)
  package var token: InventorySource.Token?
  package var tokenScheme = "Bearer"
  /// A file of certificates that are trusted instead of the system's.
  package var certificateAuthority: String?

  /// Attributes that every event has besides its own, or instead of them.
  package var extensions: [String: String] = [:]
  /// Whether findings come later, and from elsewhere: what is answered at once need not be all.
  package var isAnsweredLater = false

  package init(name: String, url: String, kinds: [Text]) {
    self.name = name
    self.url = url
    self.kinds = kinds
  }

  /// Whether the service is told of the cluster of this context.
  package func concerns(_ context: String) -> Bool { contexts.contains { $0.matches(context) } }
}
