package import KubernetesObjects

/// A fact that is worked out from an object and what is along its edges, for checks that are further
/// away: a webhook's check reads how many endpoints its Service has, not the Service's slices.
///
/// When a fact changes, those who read it are inspected again. A fact is worked out from records
/// alone, never from another fact, so facts form no circles.
package protocol DerivedFact: Sendable, Equatable {
  associatedtype Subject: InspectionSubject & TypedRecord

  /// Over which edges it is read, by those that name or select the subject over one of them.
  static var readers: [Relation] { get }
  /// Over which edges it is read by those that the subject names.
  static var readingTargets: [Relation] { get }

  init(of subject: Subject, in cluster: ClusterView)
}

extension DerivedFact {
  package static var readers: [Relation] { [] }
  package static var readingTargets: [Relation] { [] }
}
