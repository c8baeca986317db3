/// Deletes the instances of a definition that is being deleted, and then lets it go.
struct DefinitionController: Controller {
  let concerns: [ServedResource] = [.customResourceDefinitions]
  let interval: Duration? = .seconds(1)

  func reconcile(_ world: World, pace: Double) {
    for definition in world.objects(.customResourceDefinitions) where definition.isTerminating {
      guard let resource = CustomDefinitions.resources(of: definition).first else { continue }
      let instances = world.objects(resource)
      for instance in instances where !instance.isTerminating { world.delete(instance) }
      guard world.objects(resource).isEmpty else { continue }
      world.change(definition) {
        Finalizers.remove(CustomDefinitions.cleanupFinalizer, from: &$0)
      }
    }
  }
}
