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
        guard path.count > 1, let type = self.typeID(path[1]), self.pipelines.byType[type] != nil
        else { return self.error(404, "resource not found", now: now) }
        guard path.count > 2 else {
            switch request.method {
            case .get: return Self.results(self.pipelines[type].map(Self.json))
            case .post: return self.makePipeline(type, request, now)
            case .put, .patch, .delete: return self.error(405, "Method not allowed", now: now)
            }
        }
        guard let place = self.pipelines[type].firstIndex(where: { $0.id == path[2] }) else {
            return self.error(404, "resource not found", now: now)
        }
        if path.count > 3, path[3] == "stages" {
            return self.stageRoute(type, place, Array(path.dropFirst(4)), request, now)
        }
        switch request.method {
        case .get: return Self.found(Self.json(self.pipelines[type][place]))
        case .patch, .put:
            guard let json = Self.body(request) else {
                return self.error(400, "Invalid input JSON", now: now)
            }
            var pipeline = self.pipelines[type][place]
            pipeline.label = json["label"]?.string ?? pipeline.label
            pipeline.displayOrder = Int(
                json["displayOrder"]?.integer ?? Int64(pipeline.displayOrder)
            )
            if request.method == .put {
                pipeline.stages = self.stages(json["stages"], now)
            }
            pipeline.updatedAt = now
            self.pipelines[type][place] = pipeline
            return Self.found(Self.json(pipeline))
        case .delete:
            self.pipelines[type].remove(at: place)
            return HTTPResponse(status: 204)
        case .post: return self.error(405, "Method not allowed", now: now)
        }
    }

    private mutating func makePipeline(
        _ type: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let label = json["label"]?.string else {
            return self.error(400, "label is required", category: "VALIDATION_ERROR", now: now)
        }
        guard !self.pipelines[type].contains(where: { $0.label == label }) else {
            return self.error(409, "Pipeline label already exists", category: "CONFLICT", now: now)
        }
        let id = json["pipelineId"]?.string ?? self.pipelines.nextID()
        var pipeline = Pipeline(
            id: id,
            label: label,
            displayOrder: Int(json["displayOrder"]?.integer ?? 0),
            stages: self.stages(json["stages"], now)
        )
        (pipeline.createdAt, pipeline.updatedAt) = (now, now)
        self.pipelines[type].append(pipeline)
        return Self.found(Self.json(pipeline), status: 201)
    }

    private mutating func stages(_ list: JSON?, _ now: Int64) -> [Pipeline.Stage] {
        (list?.elements ?? []).map { self.stage($0, nil, now) }
    }

    private mutating func stage(
        _ json: JSON,
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
            displayOrder: Int(json["displayOrder"]?.integer ?? Int64(known?.displayOrder ?? 0)),
            metadata: metadata
        )
        stage.createdAt = known?.createdAt ?? now
        stage.updatedAt = now
        return stage
    }

    private mutating func stageRoute(
        _ type: String,
        _ place: Int,
        _ rest: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let stages = self.pipelines[type][place].stages
        guard let id = rest.first else {
            guard request.method == .post else { return Self.results(stages.map(Self.json)) }
            guard let json = Self.body(request), json["label"]?.string != nil else {
                return self.error(400, "label is required", category: "VALIDATION_ERROR", now: now)
            }
            let stage = self.stage(json, nil, now)
            self.pipelines[type][place].stages.append(stage)
            return Self.found(Self.json(stage), status: 201)
        }
        guard let index = stages.firstIndex(where: { $0.id == id }) else {
            return self.error(404, "resource not found", now: now)
        }
        switch request.method {
        case .get: return Self.found(Self.json(stages[index]))
        case .patch, .put:
            guard let json = Self.body(request) else {
                return self.error(400, "Invalid input JSON", now: now)
            }
            let stage = self.stage(json, stages[index], now)
            self.pipelines[type][place].stages[index] = stage
            return Self.found(Self.json(stage))
        case .delete:
            self.pipelines[type][place].stages.remove(at: index)
            return HTTPResponse(status: 204)
        case .post: return self.error(405, "Method not allowed", now: now)
        }
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
