/// A reference of a kind that KPatrol is told of: in which field an object names which other.
///
/// It reads what a projection keeps, so the projection has to keep ``paths``.
package struct DeclaredReference: Hashable, Sendable {
  /// A kind that may be named.
  package struct Target: Hashable, Sendable {
    package let kind: ObjectKind
    package let isNamespaced: Bool

    package init(_ kind: ObjectKind, isNamespaced: Bool = true) {
      self.kind = kind
      self.isNamespaced = isNamespaced
    }
  }

  /// Where the name, and what tells more of it, stands: the steps to the object that has them all as members.
  package var parent: [FieldProjection.Step]
  /// The member that holds the name; `nil` where the value at the end of `parent` is the name.
  package var nameMember: String?
  /// The member that holds the namespace; without it, or where it is empty, the object's own.
  package var namespaceMember: String?
  /// The members that tell which of `targets` is meant.
  package var kindMember: String?
  /// The member that holds the target's API group, or its group and version.
  package var groupMember: String?
  /// What may be named; the first where the object does not say.
  package var targets: [Target]
  /// Whether an absent target is no fault.
  package var isOptional: Bool

  package init(
    parent: [FieldProjection.Step],
    nameMember: String? = nil,
    namespaceMember: String? = nil,
    kindMember: String? = nil,
    groupMember: String? = nil,
    targets: [Target],
    isOptional: Bool = false
  ) {
    self.parent = parent
    self.nameMember = nameMember
    self.namespaceMember = namespaceMember
    self.kindMember = kindMember
    self.groupMember = groupMember
    self.targets = targets
    self.isOptional = isOptional
  }

  /// The fields that it reads.
  package var paths: [[FieldProjection.Step]] {
    guard let nameMember else { return [parent] }
    return [nameMember, namespaceMember, kindMember, groupMember].compactMap(\.self)
      .map { parent + [.member($0)] }
  }

  /// What an object in `namespace` names by it.
  package func references(of fields: ProjectedFields, in namespace: String) -> [Reference] {
    var references: [Reference] = []
    visit(.object(fields), parent[...], at: "") { value, path in
      guard let key = key(named: value, in: namespace) else { return }
      let whole = nameMember.map { "\(path).\($0)" } ?? path
      references.append(
        Reference(.declared, .object(key), path: whole, isOptional: isOptional)
      )
    }
    return references
  }

  private func visit(
    _ value: ProjectedValue,
    _ steps: ArraySlice<FieldProjection.Step>,
    at path: String,
    _ body: (ProjectedValue, String) -> Void
  ) {
    guard let step = steps.first else { return body(value, path) }
    switch (step, value) {
    case (.member(let name), .object(let fields)):
      guard let value = fields[name] else { return }
      visit(value, steps.dropFirst(), at: path.isEmpty ? name : "\(path).\(name)", body)
    case (.any, .list(let elements)):
      for (index, element) in elements.enumerated() {
        visit(element, steps.dropFirst(), at: "\(path)[\(index)]", body)
      }
    case (.any, .object(let fields)):
      for member in fields.members {
        visit(member.value, steps.dropFirst(), at: "\(path).\(member.name)", body)
      }
    default: return
    }
  }

  private func key(named value: ProjectedValue, in namespace: String) -> ObjectKey? {
    guard let nameMember else { return key(value.text, in: namespace, targets.first) }
    guard case .object(let fields) = value else { return nil }
    let own = namespaceMember.flatMap { fields[$0]?.text }.flatMap { $0.isEmpty ? nil : $0 }
    return key(fields[nameMember]?.text, in: own ?? namespace, target(saidBy: fields))
  }

  private func key(_ name: String?, in namespace: String, _ target: Target?) -> ObjectKey? {
    guard let name, !name.isEmpty, let target else { return nil }
    return ObjectKey(target.kind, namespace: target.isNamespaced ? namespace : "", name: name)
  }

  /// The target that an object means; `nil` where it means a kind that nobody told of.
  private func target(saidBy fields: ProjectedFields) -> Target? {
    let kind = kindMember.flatMap { fields[$0]?.text } ?? ""
    let group = groupMember.flatMap { fields[$0]?.text }
      .map { $0.split(separator: "/").first.map(String.init) ?? "" }
    guard !kind.isEmpty || group?.isEmpty == false else { return targets.first }
    return targets.first { target in
      (kind.isEmpty || target.kind.name == kind) && (group.map { $0 == target.kind.group } ?? true)
    }
  }
}

extension ProjectedValue {
  /// The text that it is; `nil` where it is something else.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
