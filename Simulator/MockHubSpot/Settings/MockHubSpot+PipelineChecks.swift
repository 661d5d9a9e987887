import HTTPTransport
import OrderedCollections
import WireJSON

/// What HubSpot asks of pipelines and their stages.
extension MockHubSpot {
    typealias StageMetadata = OrderedDictionary<String, String>

    /// Why a pipeline's label may not be that one, or `nil`.
    func labelProblem(_ label: String, _ type: String, but id: String?) -> String? {
        let other = self.pipelines[type].first {
            $0.id != id && Self.folded($0.label) == Self.folded(label)
        }
        return other.map { _ in "An active pipeline with label \(label) already exists" }
    }

    /// Why a list of stages may not be a pipeline's, or `nil`; the texts are recorded, if shortened.
    static func problem(_ stages: [Pipeline.Stage], _ type: String) -> (String, String?)? {
        guard !stages.isEmpty else { return ("Pipeline must have at least one stage", nil) }
        for stage in stages {
            if let problem = Self.problem(stage, type) { return problem }
        }
        let labels = stages.map { Self.folded($0.label) }
        guard Set(labels).count == labels.count else {
            return ("Stage labels must be unique in a pipeline", "PipelineError.STAGE_LABEL_EXISTS")
        }
        guard type != "0-5" || stages.contains(where: { $0.metadata["ticketState"] == "CLOSED" })
        else {
            return (
                "A ticket pipeline must have a closed stage", "PipelineError.MISSING_CLOSED_STAGE"
            )
        }
        return nil
    }

    private static func problem(_ stage: Pipeline.Stage, _ type: String) -> (String, String?)? {
        switch type {
        case "0-3":
            guard let text = stage.metadata["probability"] else {
                return ("You must specify probability when writing a dealstage", nil)
            }
            guard let probability = Double(text), (0...1).contains(probability) else {
                return ("probability must be between 0.0 and 1.0", nil)
            }
            return nil
        case "0-5":
            return ["OPEN", "CLOSED"].contains(stage.metadata["ticketState"] ?? "OPEN")
                ? nil
                : (
                    "ticketState must be OPEN or CLOSED",
                    "PipelineError.INVALID_PIPELINE_STAGE_METADATA"
                )
        default: return nil
        }
    }

    private static func folded(_ label: String) -> String {
        let parts = label.split(omittingEmptySubsequences: false) { $0.isWhitespace }
        let inner = parts.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed()
        return inner.joined(separator: " ").lowercased()
    }

    /// The metadata as HubSpot keeps it: a deal's stage is closed at 0 and 1 and nowhere else, a
    /// ticket's one is open unless it says otherwise.
    static func settled(_ metadata: StageMetadata, _ type: String) -> StageMetadata {
        var settled = metadata
        switch type {
        case "0-3":
            guard let probability = metadata["probability"].flatMap(Double.init) else { break }
            settled["isClosed"] = probability == 0 || probability == 1 ? "true" : "false"
            settled["probability"] = String(probability)
        case "0-5":
            let state = metadata["ticketState"] ?? "OPEN"
            settled["ticketState"] = state
            settled["isClosed"] = state == "CLOSED" ? "true" : "false"
        default: break
        }
        return settled
    }

    /// Why stages may not go: records are in them.
    ///
    /// Before `2026-09` only clients that ask for it are told.
    mutating func useRefusal(
        _ type: String,
        _ stages: [String],
        _ target: HubSpotTarget,
        _ now: Int64
    ) -> HTTPResponse? {
        let flags = ["validateReferencesBeforeDelete", "validateDealStageUsagesBeforeDelete"]
            .compactMap { target.parameter($0)?.lowercased() }
        let isAsked =
            target.enforcesAdminRules
            ? !(self.settings.pipelineFlagsBypass && flags.contains("false"))
            : flags.contains("true")
        guard isAsked, let place = self.place(of: type) else { return nil }
        let used = self.tables[place].records(in: stages)
        guard !used.isEmpty else { return nil }
        let ids = "[" + stages.joined(separator: ", ") + "]"
        let objects = "[" + used.prefix(100).map { String($0) }.joined(separator: ", ") + "]"
        return self.error(
            400,
            "Stage IDs: \(ids) are being referenced by object IDs: \(objects)",
            category: "VALIDATION_ERROR",
            now: now
        ) { root in
            root.name("context")
            root.object { context in
                context.name("stageIds")
                context.array { $0.string(ids) }
                context.name("objectIds")
                context.array { $0.string(objects) }
            }
            root.member("subCategory", "PipelineError.STAGE_ID_IN_USE")
        }
    }

    mutating func pipelineRefusal(_ problem: (String, String?), _ now: Int64) -> HTTPResponse {
        self.error(400, problem.0, category: "VALIDATION_ERROR", now: now) { root in
            if let more = problem.1 { root.member("subCategory", more) }
        }
    }
}
