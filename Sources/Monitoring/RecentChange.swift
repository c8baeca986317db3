import ClusterGraph
package import KubernetesObjects

/// A change of an object around a finding, for "why now".
package struct RecentChange: Sendable, Equatable {
  package enum What: Sendable, Equatable {
    case came
    case went
    case changed([FieldChange])
  }

  package let time: Timestamp
  package let key: ObjectKey
  package let what: What
  /// Who wrote, by the name of the field manager; empty where that is not known.
  package let manager: String

  package init(time: Timestamp, key: ObjectKey, what: What, manager: String) {
    self.time = time
    self.key = key
    self.what = what
    self.manager = manager
  }

  init(_ entry: ChangeHistory.Entry) {
    let what: What =
      switch (entry.old, entry.new) {
      case (let old?, let new?): .changed(new.changes(since: old))
      case (_, nil): .went
      case (nil, _): .came
      }
    self.init(time: entry.time, key: entry.key, what: what, manager: entry.manager)
  }
}

extension RecentChange: CustomStringConvertible {
  /// `phase: Pending → Running`.
  package var description: String {
    switch what {
    case .came: return "created"
    case .went: return "deleted"
    case .changed(let fields):
      let texts = fields.map { field in
        let (old, new) = (field.old.isEmpty ? "none" : field.old, field.new)
        return "\(field.path): \(old) → \(new.isEmpty ? "none" : new)"
      }
      return texts.isEmpty ? "changed" : texts.joined(separator: "; ")
    }
  }
}
