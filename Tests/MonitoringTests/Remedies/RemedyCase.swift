import Healing
import Inspection
import KubernetesObjects
import SimulatedCluster
import Testing
import WireFormats

@testable import Monitoring

/// A fault that a remedy heals, with what others do to it meanwhile and afterwards.
struct RemedyCase: Sendable, CustomTestStringConvertible {
  /// Who must let the user do it.
  enum Permission: Sendable {
    /// The API server.
    case server
    /// The inventory, by its token.
    case inventory
    /// Nobody: it changes nothing of others.
    case nobody
  }

  /// What the watch stream shows in the end.
  enum End: Sendable {
    case healed
    /// What the remedy wanted is there, and the finding stays.
    case done
  }

  typealias Act = @Sendable (FaultyWorld) async throws -> Void

  let remedy: RemedyID
  let check: CheckID
  /// What its plan is called.
  let title: String
  /// The files of `Tests/FaultyManifests` that have the fault.
  var manifests: [String] = []
  /// What else there is.
  var objects: [JSONValue] = []
  /// Whether there is a NetBox, which knows of the cluster's Nodes.
  var hasNetBox = false
  var permission = Permission.server
  /// How many calls change something.
  var calls = 1
  var end = End.healed
  /// Whether what is gone by itself counts as done, as a Pod to be evicted does.
  var isDoneByItself = false
  /// What makes the fault once KPatrol looks, where objects alone do not.
  var fault: Act = { _ in }
  /// What others do before the plan is carried out; by itself its first target is made anew.
  var meanwhile: Act?
  /// What controllers would do afterwards: none run.
  var controllers: Act = { _ in }

  var testDescription: String { remedy.description }

  init(_ remedy: RemedyID, of check: CheckID, _ title: String, _ manifests: String...) {
    (self.remedy, self.check, self.title, self.manifests) = (remedy, check, title, manifests)
  }

  /// The same with something changed.
  func with(_ change: (inout RemedyCase) -> Void) -> RemedyCase {
    var changed = self
    change(&changed)
    return changed
  }

  /// The same where controllers do something afterwards.
  func controlled(_ controllers: @escaping Act) -> RemedyCase {
    with { $0.controllers = controllers }
  }
}
