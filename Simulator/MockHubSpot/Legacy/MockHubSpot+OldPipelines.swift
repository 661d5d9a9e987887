import HTTPTransport
import OrderedCollections
import WireJSON

/// The pipelines of deals and tickets as `crm-pipelines/v1` tells them.
extension MockHubSpot {
    func oldPipelines(_ type: String, _ name: String) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for pipeline in self.pipelines[type] {
                    list.object { item in
                        item.member("pipelineId", pipeline.id)
                        item.member("createdAt", pipeline.createdAt)
                        item.member("updatedAt", pipeline.updatedAt)
                        item.member("objectType", name)
                        item.member("objectTypeId", type)
                        item.member("label", pipeline.label)
                        item.member("displayOrder", pipeline.displayOrder)
                        item.member("active", true)
                        item.member("default", pipeline.id == (type == "0-3" ? "default" : "0"))
                        item.name("stages")
                        item.array { stages in
                            for stage in pipeline.stages {
                                stages.object { Self.write(stage, into: &$0) }
                            }
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func write(_ stage: Pipeline.Stage, into part: inout JSONWriter) {
        part.member("stageId", stage.id)
        part.member("createdAt", stage.createdAt)
        part.member("updatedAt", stage.updatedAt)
        part.member("label", stage.label)
        part.member("displayOrder", stage.displayOrder)
        part.member("active", true)
        part.name("metadata")
        part.object { metadata in
            for (name, value) in stage.metadata { metadata.member(name, value) }
        }
    }
}
