import Inspection
import KubernetesObjects

/// Finds workloads whose images come from wherever Nodes look first.
struct ImageWithoutRegistry: TemplateCheck {
  let id: CheckID = "risk/image-registry"
  let title = "Image without a registry"
  let severity = Severity.info
  let fault = "takes images from no registry that it names"
  let explanation = """
    The image's name has no registry, so that each Node's runtime chooses one: most often Docker Hub, \
    which limits how many images are pulled from an address, and where short names may be \
    taken by others. It heals with a full name, such as registry.example.com/team/cart:1.2. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o wide
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers
      .filter { !$0.image.isEmpty && ImageName($0.image).registry.isEmpty }
      .map { TemplateFault($0.image, "\($0.path).image", $0.image) }
  }
}
