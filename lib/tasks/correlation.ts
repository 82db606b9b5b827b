import {z} from "zod";
import {clusterCorrelations, type CorrelationClusters} from "../risk/cluster/correlation-clusters.js";
import {type CorrelationMatrix, correlationMatrix} from "../risk/correlation.js";
import {LINKAGES} from "../risk/cluster/linkage.js";
import {ReturnsSchema} from "./door.js";
import {whole} from "./task.js";

/** Returns of assets, and how alike ones are put beside each other. */
export const CorrelationInputSchema = z.strictObject({
  history: ReturnsSchema,
  method: z.enum(LINKAGES).default("average")
});

export type CorrelationInput = z.infer<typeof CorrelationInputSchema>;

/** Correlations in the order given, and the order in which similar assets stand together. */
export interface CorrelationOutput {
  assets: string[];
  matrix: CorrelationMatrix;
  clusters: CorrelationClusters;
}

/** Correlates returns pairwise, and clusters them. */
export const correlation = whole(
  CorrelationInputSchema,
  ({history: {assets, returns}, method}: CorrelationInput): CorrelationOutput => {
    const matrix = correlationMatrix(returns);
    return {assets, matrix, clusters: clusterCorrelations(matrix, {method})};
  }
);
