package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;

/**
 * What a write puts into an object.
 *
 * @param weight the canary's percentage; null leaves the weights as they are
 * @param fence with the weight and the active backend that it names
 * @param owned whether Sluice's label and the owner's annotation belong on the object
 */
public record Placement(WeightOrder order, Weight weight, Fence fence, boolean owned) {}
