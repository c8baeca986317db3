import KubernetesObjects
import LeaderElection

/// The Leases that an agent looks after: one for each shard, and one for into how many there are.
struct ShardElections: Sendable {
  enum Place: Hashable, Sendable {
    /// Held by all agents that divide the cluster alike, as if they were one: others wait until those are gone.
    case division
    case shard(Int)
  }

  private var division: LeaderElection
  private var shards: [LeaderElection]

  /// Those of a shard's agent; none where it asks nobody else.
  init(_ leases: ShardLeases?, of shard: Shard) {
    guard let leases else {
      shards = []
      division = LeaderElection(ObjectKey(Lease.kind, name: ""), as: "")
      return
    }
    shards = (0..<shard.count).map { number in
      LeaderElection(
        leases.key(of: number, shard.count),
        as: leases.identity,
        shard: String(shard.index),
        leases.timing
      )
    }
    division = LeaderElection(
      leases.keyOfDivision,
      as: ShardLeases.identity(ofDivisionInto: shard.count),
      leases.timing
    )
  }

  subscript(place: Place) -> LeaderElection {
    get {
      switch place {
      case .division: division
      case .shard(let number): shards[number]
      }
    }
    set {
      switch place {
      case .division: division = newValue
      case .shard(let number): shards[number] = newValue
      }
    }
  }

  subscript(shard: Int) -> LeaderElection { shards[shard] }

  var places: [Place] { [.division] + shards.indices.map { .shard($0) } }

  var names: [String] { shards.map(\.name.name) }

  /// The shards that may be covered now: held, while nobody divides the cluster in another way.
  func held(at now: Duration) -> Set<Int> {
    guard division.isLeading(at: now) else { return [] }
    return Set(shards.indices.filter { shards[$0].isLeading(at: now) })
  }

  /// Who divides the cluster in another way, and is still there; `nil` where nobody does.
  var otherDivision: String? {
    division.vacantSince == nil && !division.record.holder.isEmpty
      && division.record.holder != division.identity ? division.record.holder : nil
  }
}
