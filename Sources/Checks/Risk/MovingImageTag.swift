import Inspection
import KubernetesObjects

/// Finds workloads whose images are whatever their tag means at the time.
struct MovingImageTag: TemplateCheck {
  let id: CheckID = "risk/image-latest"
  let title = "Image by a tag that moves"
  let severity = Severity.warning
  let fault = "takes images by a tag that moves"
  let explanation = """
    The image has the tag latest, or none, which means latest. A Pod that is started again may run \
    another version than its neighbours, and a roll-back to the old template runs the new image. It \
    heals with a version as tag, or a digest. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o wide
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.filter { container in
      guard !container.image.isEmpty else { return false }
      let image = ImageName(container.image)
      return !image.hasDigest && (image.tag.isEmpty || image.tag == "latest")
    }.map { TemplateFault($0.image, "\($0.path).image", $0.image) }
  }
}
