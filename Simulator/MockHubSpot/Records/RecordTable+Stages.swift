/// Records that are in a stage of a pipeline.
extension RecordTable {
    /// The pipeline of records that name none: the vendor's own, or the first that is shown.
    private var usualPipeline: Pipeline? {
        self.pipelines.first { ["default", "0"].contains($0.id) }
            ?? self.pipelines.min { ($0.displayOrder, $0.id) < ($1.displayOrder, $1.id) }
    }

    /// Checks the stage and the pipeline that a write names against each other and against what
    /// the record has, and adds the pipeline that a stage alone leaves open.
    func staged(
        _ values: [(String, String)],
        for id: Int64?,
        _ problems: inout [(property: String, code: String, message: String)]
    ) -> [(String, String)] {
        guard let pipelineName = self.object.pipelineProperty,
            let stageName = self.object.stageProperty, !self.pipelines.isEmpty
        else { return values }
        func given(_ name: String) -> String? { values.last { $0.0 == name }?.1 }
        let present = id.flatMap { self.row($0)?.now.values } ?? [:]
        let wanted = (pipeline: given(pipelineName), stage: given(stageName))
        guard wanted.pipeline != nil || wanted.stage != nil else { return values }
        let usual = self.usualPipeline?.id
        let name = [wanted.pipeline, present[pipelineName], usual].compactMap(\.self)
            .first { !$0.isEmpty }
        guard let pipeline = self.pipelines.first(where: { $0.id == name }) else {
            let ids = self.pipelines.map(\.id).joined(separator: ", ")
            let text = "\(name ?? "") is not a valid pipeline ID. Valid options are: [\(ids)]"
            problems.append((pipelineName, "INVALID_OPTION", text))
            return values
        }
        let stage = wanted.stage ?? present[stageName] ?? ""
        if !stage.isEmpty, !pipeline.stages.contains(where: { $0.id == stage }) {
            let ids = pipeline.stages.map(\.id).joined(separator: ", ")
            problems.append(
                (
                    stageName, "INVALID_OPTION",
                    "\(stage) is not a valid pipeline stage ID. Valid options are: "
                        + "pipelineId=\(pipeline.id) : [\(ids)]"
                )
            )
            return values
        }
        guard !stage.isEmpty, wanted.pipeline ?? "" == "", present[pipelineName] == nil else {
            return values
        }
        return values.filter { $0.0 != pipelineName } + [(pipelineName, pipeline.id)]
    }

    /// Adds the time at which a record comes to a closed stage, unless the write names one.
    func closed(
        _ values: [(String, String)],
        before: [String: String],
        _ now: Int64
    ) -> [(String, String)] {
        guard let stageName = self.object.stageProperty, let name = self.object.closeProperty,
            let stage = values.last(where: { $0.0 == stageName })?.1,
            self.stages[stage]?.isClosed == true,
            before[stageName].flatMap({ self.stages[$0] })?.isClosed != true,
            !values.contains(where: { $0.0 == name }), self.properties[name] != nil
        else { return values }
        return values + [(name, ServerTime.iso(now))]
    }

    /// The records in some stages, in id order; those in the recycle bin do not count.
    func records(in stages: [String]) -> [Int64] {
        guard let stageName = self.object.stageProperty else { return [] }
        return self.rows.filter { row in
            !row.now.isArchived && row.mergedInto == nil
                && row.now.values[stageName].map(stages.contains) == true
        }.map(\.id)
    }
}
