import HTTPTransport
import OrderedCollections
import WireJSON

/// Pipelines and their stages.
extension MockHubSpot {
    mutating func pipelineRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = target.family
        guard path.count > 1, let type = self.typeID(path[1]),
            self.pipelines.byType[type] != nil || type.hasPrefix("2-")
        else { return self.error(404, "resource not found", now: now) }
        guard path.count > 2 else {
            switch request.method {
            case .get: return Self.results(self.pipelines[type].map(Self.json))
            case .post: return self.makePipeline(type, request, now)
            case .put, .patch, .delete: return self.error(405, "Method not allowed", now: now)
            }
        }
        guard let place = self.pipelines[type].firstIndex(where: { $0.id == path[2] }) else {
            return path.count > 4 && request.method == .delete
                ? HTTPResponse(status: 204) : self.error(404, "resource not found", now: now)
        }
        if path.count > 3, path[3] == "stages" {
            return self.stageRoute(type, place, Array(path.dropFirst(4)), target, request, now)
        }
        switch request.method {
        case .get: return Self.found(Self.json(self.pipelines[type][place]))
        case .patch, .put: return self.changePipeline(type, place, target, request, now)
        case .delete:
            let stages = self.pipelines[type][place].stages.map(\.id)
            if let refusal = self.useRefusal(type, stages, target, now) { return refusal }
            self.pipelines[type].remove(at: place)
            return HTTPResponse(status: 204)
        case .post: return self.error(405, "Method not allowed", now: now)
        }
    }

    private mutating func changePipeline(
        _ type: String,
        _ place: Int,
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        var pipeline = self.pipelines[type][place]
        pipeline.label = json["label"]?.string ?? pipeline.label
        if let problem = self.labelProblem(pipeline.label, type, but: pipeline.id) {
            return self.pipelineRefusal((problem, nil), now)
        }
        pipeline.displayOrder = Self.order(json) ?? pipeline.displayOrder
        if request.method == .put {
            let known = pipeline.stages
            pipeline.stages = Self.inOrder(self.stages(json["stages"], type, known, now))
            if let problem = Self.problem(pipeline.stages, type) {
                return self.pipelineRefusal(problem, now)
            }
            let gone = known.map(\.id).filter { id in
                !pipeline.stages.contains { $0.id == id }
            }
            let refusal = gone.isEmpty ? nil : self.useRefusal(type, gone, target, now)
            if let refusal { return refusal }
        }
        pipeline.updatedAt = now
        self.pipelines[type][place] = pipeline
        return Self.found(Self.json(pipeline))
    }

    private static func order(_ json: JSON) -> Int? {
        json["displayOrder"]?.integer.flatMap { Int(exactly: $0) }
    }

    private mutating func makePipeline(
        _ type: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let label = json["label"]?.string else {
            return self.error(400, "label is required", category: "VALIDATION_ERROR", now: now)
        }
        if let problem = self.labelProblem(label, type, but: nil) {
            return self.pipelineRefusal((problem, nil), now)
        }
        let given = json["pipelineId"]?.string
        if let given, self.pipelines[type].contains(where: { $0.id == given }) {
            let text = "There's another pipeline with pipelineId \(given)"
            return self.pipelineRefusal((text, nil), now)
        }
        let stages = Self.inOrder(self.stages(json["stages"], type, [], now))
        if let problem = Self.problem(stages, type) { return self.pipelineRefusal(problem, now) }
        let known = Set(self.pipelines[type].flatMap(\.stages).map(\.id))
        if let twice = stages.first(where: { known.contains($0.id) }) {
            return self.error(
                409,
                "Stage ID \(twice.id) exists in another pipeline",
                category: "CONFLICT",
                now: now
            ) { $0.member("subCategory", "PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE") }
        }
        var pipeline = Pipeline(
            id: given ?? self.pipelines.nextID(),
            label: label,
            displayOrder: Self.order(json) ?? 0,
            stages: stages
        )
        (pipeline.createdAt, pipeline.updatedAt) = (now, now)
        self.givePipelineProperties(type)
        self.pipelines[type].append(pipeline)
        return Self.found(Self.json(pipeline), status: 201)
    }

    /// The first pipeline of a custom object type gives it the two properties that hold one.
    private mutating func givePipelineProperties(_ type: String) {
        guard let place = self.place(of: type), self.tables[place].object.stageProperty == nil
        else { return }
        self.tables[place].setUp { object in
            (object.pipelineProperty, object.stageProperty) = ("hs_pipeline", "hs_pipeline_stage")
        }
        let group = self.tables[place].object.properties.first?.group ?? ""
        for (name, label) in [
            ("hs_pipeline", "Pipeline"), ("hs_pipeline_stage", "Pipeline stage"),
        ] where !self.tables[place].isDefined(name) {
            let property = MockHubSpotProperty.text(name, label, fieldType: "select", group: group)
            self.tables[place].define(name, as: property)
        }
    }

    // MARK: - Stages

    private mutating func stages(
        _ list: JSON?,
        _ type: String,
        _ known: [Pipeline.Stage],
        _ now: Int64
    ) -> [Pipeline.Stage] {
        (list?.elements ?? []).map { json in
            let id = json["stageId"]?.string ?? json["id"]?.string
            return self.stage(json, type, known.first { $0.id == id }, now)
        }
    }

    private mutating func stage(
        _ json: JSON,
        _ type: String,
        _ known: Pipeline.Stage?,
        _ now: Int64
    ) -> Pipeline.Stage {
        var metadata = known?.metadata ?? [:]
        for (name, value) in json["metadata"]?.members ?? [] {
            metadata[name] = value.string ?? value.numberText ?? value.boolean.map { "\($0)" }
        }
        var stage = Pipeline.Stage(
            id: known?.id ?? json["stageId"]?.string ?? self.pipelines.nextID(),
            label: json["label"]?.string ?? known?.label ?? "",
            displayOrder: Self.order(json) ?? known?.displayOrder ?? 0,
            metadata: Self.settled(metadata, type)
        )
        stage.createdAt = known?.createdAt ?? now
        stage.updatedAt = now
        return stage
    }

    /// By their order; where two ask for one place, the later follows and all are numbered anew.
    private static func inOrder(_ stages: [Pipeline.Stage]) -> [Pipeline.Stage] {
        // Swift's sort is stable: of equal ones, the one that stood first stays first.
        var stages = stages.sorted { $0.displayOrder < $1.displayOrder }
        guard Set(stages.map(\.displayOrder)).count < stages.count else { return stages }
        for place in stages.indices { stages[place].displayOrder = place }
        return stages
    }

    private mutating func stageRoute(
        _ type: String,
        _ place: Int,
        _ rest: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let stages = self.pipelines[type][place].stages
        guard let id = rest.first else {
            guard request.method == .post else { return Self.results(stages.map(Self.json)) }
            guard let json = Self.body(request), json["label"]?.string != nil else {
                return self.error(400, "label is required", category: "VALIDATION_ERROR", now: now)
            }
            let known = Set(self.pipelines[type].flatMap(\.stages).map(\.id))
            if let given = json["stageId"]?.string, known.contains(given) {
                return self.error(400, "already using stage id \(given)", now: now)
            }
            return self.keep(self.stage(json, type, nil, now), stages, type, place, 201, now)
        }
        guard let index = stages.firstIndex(where: { $0.id == id }) else {
            return request.method == .delete
                ? HTTPResponse(status: 204) : self.error(404, "resource not found", now: now)
        }
        switch request.method {
        case .get: return Self.found(Self.json(stages[index]))
        case .patch, .put:
            guard let json = Self.body(request) else {
                return self.unreadableBody(now)
            }
            let others = stages.filter { $0.id != id }
            let stage = self.stage(json, type, stages[index], now)
            return self.keep(stage, others, type, place, 200, now)
        case .delete:
            let left = stages.filter { $0.id != id }
            if let problem = Self.problem(left, type) { return self.pipelineRefusal(problem, now) }
            if let refusal = self.useRefusal(type, [id], target, now) { return refusal }
            self.pipelines[type][place].stages = left
            return HTTPResponse(status: 204)
        case .post: return self.error(405, "Method not allowed", now: now)
        }
    }

    /// Puts a stage among the others of its pipeline.
    private mutating func keep(
        _ stage: Pipeline.Stage,
        _ others: [Pipeline.Stage],
        _ type: String,
        _ place: Int,
        _ status: Int,
        _ now: Int64
    ) -> HTTPResponse {
        let stages = Self.inOrder(others + [stage])
        if stage.displayOrder < 0 {
            return self.pipelineRefusal(("displayOrder must not be negative", nil), now)
        }
        if let problem = Self.problem(stages, type) { return self.pipelineRefusal(problem, now) }
        self.pipelines[type][place].stages = stages
        let kept = stages.first { $0.id == stage.id } ?? stage
        return Self.found(Self.json(kept), status: status)
    }

    // MARK: - Writing

    private static func json(_ pipeline: Pipeline) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", pipeline.id)
            item.member("label", pipeline.label)
            item.member("displayOrder", pipeline.displayOrder)
            item.member("archived", false)
            item.member("createdAt", ServerTime.iso(pipeline.createdAt))
            item.member("updatedAt", ServerTime.iso(pipeline.updatedAt))
            item.name("stages")
            item.array { list in for stage in pipeline.stages { list.raw(Self.json(stage)) } }
        }
        return writer.bytes
    }

    private static func json(_ stage: Pipeline.Stage) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", stage.id)
            item.member("label", stage.label)
            item.member("displayOrder", stage.displayOrder)
            item.name("metadata")
            item.object { metadata in
                for (name, value) in stage.metadata { metadata.member(name, value) }
            }
            item.member("archived", false)
            item.member("createdAt", ServerTime.iso(stage.createdAt))
            item.member("updatedAt", ServerTime.iso(stage.updatedAt))
            item.member("writePermissions", "CRM_PERMISSIONS_ENFORCEMENT")
        }
        return writer.bytes
    }

    static func found(_ json: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: json)
    }

    static func results(_ items: [[UInt8]]) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in for item in items { list.raw(item) } }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
